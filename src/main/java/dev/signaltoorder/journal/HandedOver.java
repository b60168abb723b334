package dev.signaltoorder.journal;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A delivery that was taken by a process that does not lead its account, on its way to the one that
 * does.
 *
 * @param id given by the database, in the order of receipt; 0 while it is not stored
 * @param body the raw bytes as received
 * @param content what they were read as, as JSON
 * @param summary the report's row until the leader has taken it; null when read back
 * @param conflictWith the first signal under this delivery id when that came with another body,
 *     else null
 */
public record HandedOver(
    long id,
    String account,
    InboxEntry entry,
    byte[] body,
    String content,
    @Nullable SignalSummary summary,
    @Nullable UUID conflictWith) {}
