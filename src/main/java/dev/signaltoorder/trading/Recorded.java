package dev.signaltoorder.trading;

import org.jspecify.annotations.Nullable;

/**
 * A fact together with the bytes from outside that belong to it.
 *
 * @param raw exactly as received, or null
 */
record Recorded(Fact fact, byte @Nullable [] raw) {}
