package dev.signaltoorder.report;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a reviewer asked the report for. A null filter lets everything through; the others must all
 * hold.
 *
 * @param from earliest time of receipt, inclusive
 * @param to end of the times of receipt, exclusive
 * @param source exact name
 * @param strategy exact name
 * @param pair exact, as the report shows it, "BTC/USD"
 * @param outcome a {@link SignalOutcome}
 * @param rule a code that must be among a signal's reasons
 * @param cursor where the page before ended, or null for the first page
 * @param limit most rows, 1 to {@value #MOST_ROWS}
 */
record ReportQuery(
    @Nullable Instant from,
    @Nullable Instant to,
    @Nullable String source,
    @Nullable String strategy,
    @Nullable String pair,
    @Nullable SignalOutcome outcome,
    @Nullable String rule,
    @Nullable ReportCursor cursor,
    int limit) {

  static final int MOST_ROWS = 1_000;
  static final int DEFAULT_ROWS = 100;

  /** Everything, first page. */
  static final ReportQuery ALL =
      new ReportQuery(null, null, null, null, null, null, null, null, DEFAULT_ROWS);

  ReportQuery {
    if (limit < 1 || limit > MOST_ROWS) {
      throw new IllegalArgumentException("limit " + limit);
    }
  }

  /** The first page with another outcome; null lifts that filter. */
  ReportQuery withOutcome(@Nullable SignalOutcome other) {
    return new ReportQuery(from, to, source, strategy, pair, other, rule, null, limit);
  }

  /** The first page of the signals that a rule or another reason stopped. */
  ReportQuery withRule(String other) {
    return new ReportQuery(from, to, source, strategy, pair, outcome, other, null, limit);
  }

  /** The first page of the same times with these filters alone. */
  ReportQuery of(
      @Nullable String otherSource, @Nullable String otherStrategy, @Nullable String otherPair) {
    return new ReportQuery(
        from, to, otherSource, otherStrategy, otherPair, null, null, null, limit);
  }

  /** The first page of the same from a time on, without an end. */
  ReportQuery since(@Nullable Instant start) {
    return new ReportQuery(start, null, source, strategy, pair, outcome, rule, null, limit);
  }

  /** Another page of the same; null is the first. */
  ReportQuery at(@Nullable ReportCursor other) {
    return new ReportQuery(from, to, source, strategy, pair, outcome, rule, other, limit);
  }
}
