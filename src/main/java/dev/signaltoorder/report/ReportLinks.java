package dev.signaltoorder.report;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.StringJoiner;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Addresses of pages over the same data: the filters live in the address. */
final class ReportLinks {
  private ReportLinks() {}

  /** A page of {@code path} that asks for {@code query}. */
  static String to(String path, ReportQuery query) {
    StringJoiner parameters = new StringJoiner("&", "?", "").setEmptyValue("");
    add(parameters, "from", query.from());
    add(parameters, "to", query.to());
    add(parameters, "source", query.source());
    add(parameters, "strategy", query.strategy());
    add(parameters, "pair", query.pair());
    SignalOutcome outcome = query.outcome();
    add(parameters, "outcome", outcome == null ? null : outcome.name());
    add(parameters, "rule", query.rule());
    ReportCursor cursor = query.cursor();
    add(parameters, "cursor", cursor == null ? null : cursor.encode());
    add(parameters, "limit", query.limit() == ReportQuery.DEFAULT_ROWS ? null : query.limit());
    return path + parameters;
  }

  /** All rows of {@code query}, not a page. */
  static String toAll(String path, ReportQuery query) {
    String first =
        to(
            path,
            new ReportQuery(
                query.from(),
                query.to(),
                query.source(),
                query.strategy(),
                query.pair(),
                query.outcome(),
                query.rule(),
                null,
                ReportQuery.DEFAULT_ROWS));
    return first + (first.contains("?") ? "&" : "?") + "all=true";
  }

  /** The performance page of {@code path} that asks for {@code query}. */
  static String to(String path, PerformanceQuery query) {
    String signals = to(path, query.signals());
    String horizon =
        query.horizon() == PerformanceQuery.Horizon.HOUR
            ? ""
            : "&horizon=" + query.horizon().text();
    return signals
        + (signals.contains("?") ? "&" : "?")
        + "groupBy="
        + query.groupBy().column()
        + horizon;
  }

  static String toStory(UUID signalId) {
    return "/audit/signals/" + signalId;
  }

  private static void add(StringJoiner parameters, String name, @Nullable Object value) {
    if (value != null) {
      parameters.add(name + "=" + URLEncoder.encode(value.toString(), StandardCharsets.UTF_8));
    }
  }
}
