package dev.signaltoorder.journal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A fact on its way into the journal.
 *
 * @param kind the fact's stable name
 * @param signalId the signal it belongs to, or null
 * @param orderId the order it belongs to, or null
 * @param body what is known; amounts and times are strings, whole numbers are JSON numbers, nothing
 *     is floating point
 * @param raw bytes that came from outside, exactly as received, or null
 */
public record JournalEntry(
    String kind,
    @Nullable UUID signalId,
    @Nullable UUID orderId,
    ObjectNode body,
    byte @Nullable [] raw) {}
