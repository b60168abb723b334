package dev.signaltoorder.journal;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/**
 * A fact as read back from the journal.
 *
 * @param seq its place in the account's journal, from 0, gapless
 * @param recordedAt when it was written, UTC, microseconds
 * @param kind the fact's stable name
 * @param body read from the exact bytes that were hashed
 */
public record JournalRecord(long seq, Instant recordedAt, String kind, JsonNode body) {}
