package dev.signaltoorder.outbound;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One row of the journal. */
record CommittedFact(
    String account,
    long seq,
    Instant recordedAt,
    String kind,
    @Nullable String signalId,
    @Nullable String orderId,
    JsonNode body) {

  /** The same whenever it is told. */
  String eventId() {
    return account + "-" + seq;
  }
}
