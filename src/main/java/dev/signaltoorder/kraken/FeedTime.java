package dev.signaltoorder.kraken;

import java.time.Instant;

/**
 * One moment by both clocks.
 *
 * @param at what the wall clock shows: goes into records, may be stepped
 * @param nanos of a clock that only runs forward: decides what is alive
 */
record FeedTime(Instant at, long nanos) {}
