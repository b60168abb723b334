package dev.signaltoorder.outbound;

import org.jspecify.annotations.Nullable;

/**
 * How far one receiver has got with one account.
 *
 * @param outlet its name
 * @param type slack, telegram, email or webhook; "gone" when it is not configured any more
 * @param nextFact number of the next fact to look at
 * @param behind facts that it has not been told of yet, whether they concern it or not
 * @param waitingSince when the oldest of those was recorded, or null
 * @param delivered events that it took
 * @param failures in a row
 * @param failingSince since when, or null
 * @param nextTryAt when it is tried again, or null
 * @param lastError why it did not take the last one, or null
 * @param lastDeliveredAt when it took one, or null
 */
public record OutletStatus(
    String outlet,
    String type,
    String account,
    long nextFact,
    long behind,
    @Nullable String waitingSince,
    long delivered,
    int failures,
    @Nullable String failingSince,
    @Nullable String nextTryAt,
    @Nullable String lastError,
    @Nullable String lastDeliveredAt) {}
