package dev.signaltoorder.trading;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An account that another process leads.
 *
 * @param leader that process's name; null when it is not known
 * @param holder its id
 * @param since when it took the account
 * @param lastKnownAt when it last said how the account stands; null if never
 * @param lastKnown what it said then: a few seconds old at best
 */
public record Elsewhere(
    String account,
    @Nullable String leader,
    @Nullable UUID holder,
    @Nullable Instant since,
    @Nullable Instant lastKnownAt,
    @Nullable AccountStatus lastKnown) {}
