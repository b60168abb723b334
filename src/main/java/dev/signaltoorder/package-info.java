/** signal-to-order: trading signals in, exactly one Kraken order per approved signal. */
@NullMarked
package dev.signaltoorder;

import org.jspecify.annotations.NullMarked;
