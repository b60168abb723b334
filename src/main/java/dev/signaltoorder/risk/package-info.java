/** Pure rules that decide what may be traded. No framework, no clock, no network, no database. */
@NullMarked
package dev.signaltoorder.risk;

import org.jspecify.annotations.NullMarked;
