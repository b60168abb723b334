package dev.signaltoorder.journal;

import java.time.Instant;
import java.util.Collection;
import java.util.List;

/**
 * What one commit holds: facts, and the rows of the small tables that follow from them.
 *
 * @param recordedAt the same for all its facts, UTC, microseconds
 * @param entries in order; empty when all that was taken left no fact
 * @param summaries the new state of every signal that changed
 */
public record Batch(
    Instant recordedAt, List<JournalEntry> entries, Collection<SignalSummary> summaries) {}
