package dev.signaltoorder.report;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A page of the report.
 *
 * @param from as asked, UTC, or null
 * @param to as asked, UTC, or null
 * @param totals outcome to number of signals, over all pages; an outcome that never came is absent
 * @param rows newest first
 * @param nextCursor null on the last page
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.ALWAYS)
@JsonPropertyOrder({"from", "to", "totals", "rows", "nextCursor"})
record Report(
    @JsonFormat(shape = JsonFormat.Shape.STRING) @Nullable Instant from,
    @JsonFormat(shape = JsonFormat.Shape.STRING) @Nullable Instant to,
    Map<String, Long> totals,
    List<ReportRow> rows,
    @Nullable String nextCursor) {}
