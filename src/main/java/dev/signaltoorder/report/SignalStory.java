package dev.signaltoorder.report;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Everything that is known of one signal, in order.
 *
 * @param receivedAt when its delivery arrived, UTC
 * @param row its row of the report
 * @param contradiction what the row says else than the facts do; null when it follows from them
 * @param summary what matters, drawn from the facts: {@link StorySummary}
 * @param facts the journal's facts about it
 * @param cut true when there are more facts than a story holds
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.ALWAYS)
@JsonPropertyOrder({
  "signalId",
  "account",
  "receivedAt",
  "outcome",
  "row",
  "contradiction",
  "summary",
  "facts",
  "cut"
})
record SignalStory(
    UUID signalId,
    String account,
    @JsonFormat(shape = JsonFormat.Shape.STRING) @Nullable Instant receivedAt,
    @Nullable String outcome,
    @Nullable ReportRow row,
    @Nullable String contradiction,
    ObjectNode summary,
    List<StoryFact> facts,
    boolean cut) {}
