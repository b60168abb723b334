/** The account core (pure) and the loop that drives it. */
@NullMarked
package dev.signaltoorder.trading;

import org.jspecify.annotations.NullMarked;
