package dev.signaltoorder.report;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One row of the report. Numbers are plain decimals as text, so that no reader rounds them.
 *
 * @param receivedAt UTC, always six decimals, so that rows sort as text
 * @param reasons rule codes and texts; empty when there is nothing to say
 * @param volume base units: executed if anything was, else planned; or null
 * @param averagePrice of the fills, quote per base unit, or null
 * @param slippageBps mid at the decision to average fill, positive = worse for us, or null
 * @param fee quote units, or null
 * @param priceOrigin where the decision's prices came from, or null
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.ALWAYS)
@JsonPropertyOrder({
  "signalId",
  "source",
  "strategy",
  "pair",
  "action",
  "receivedAt",
  "outcome",
  "reasons",
  "orderTxid",
  "volume",
  "averagePrice",
  "slippageBps",
  "fee",
  "priceOrigin"
})
record ReportRow(
    UUID signalId,
    String source,
    @Nullable String strategy,
    @Nullable String pair,
    @Nullable String action,
    @JsonFormat(
            shape = JsonFormat.Shape.STRING,
            pattern = "uuuu-MM-dd'T'HH:mm:ss.SSSSSSX",
            timezone = "UTC")
        Instant receivedAt,
    String outcome,
    List<String> reasons,
    @Nullable String orderTxid,
    @Nullable String volume,
    @Nullable String averagePrice,
    @Nullable String slippageBps,
    @Nullable String fee,
    @Nullable String priceOrigin) {

  ReportRow {
    reasons = List.copyOf(reasons);
  }
}
