/** What the market looks like: pair catalogue, rounding rules, price snapshots and their age. */
@NullMarked
package dev.signaltoorder.market;

import org.jspecify.annotations.NullMarked;
