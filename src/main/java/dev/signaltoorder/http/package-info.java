/** What all share who call others over HTTP with the JDK's client. */
@NullMarked
package dev.signaltoorder.http;

import org.jspecify.annotations.NullMarked;
