/** A simulated Kraken that speaks the real protocol over HTTP. */
@NullMarked
package dev.signaltoorder.paper;

import org.jspecify.annotations.NullMarked;
