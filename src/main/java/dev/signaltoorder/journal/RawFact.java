package dev.signaltoorder.journal;

import org.jspecify.annotations.Nullable;

/**
 * What a fold needs of a fact.
 *
 * @param seq its place, from 0, gapless
 * @param kind the fact's stable name
 * @param canonical the exact bytes that were hashed; null when the reader did not ask for this kind
 */
public record RawFact(long seq, String kind, byte @Nullable [] canonical) {}
