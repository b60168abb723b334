package dev.signaltoorder.journal;

import org.jspecify.annotations.Nullable;

/**
 * What this process knows of one account's log.
 *
 * @param facts taken in so far
 * @param signedFacts under the newest signed checkpoint; 0 without one
 * @param verifiedFacts read again and found good since this process started, from the first on
 * @param contradiction how the database contradicts what was signed or read before, or null. Then
 *     nothing is signed any more
 */
public record LogStatus(
    String account,
    long facts,
    long signedFacts,
    long verifiedFacts,
    @Nullable String contradiction) {}
