package dev.signaltoorder.report;

import jakarta.ws.rs.core.MultivaluedMap;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Reads the report's parameters and finds all their problems. Nothing is guessed: a misspelt or
 * repeated parameter would silently change what the report is about, so it is refused too.
 */
final class ReportParameters {
  private static final List<String> NAMES =
      List.of("from", "to", "source", "strategy", "pair", "outcome", "rule", "cursor", "limit");
  private static final int LONGEST_TEXT = 1_000;
  private static final int LONGEST_LIMIT = 4;

  /** How times may be written. */
  enum Times {
    /** RFC 3339 only. */
    EXACT,
    /** Also a form's date and time, which the page says is UTC. */
    FORM
  }

  private final MultivaluedMap<String, String> given;
  private final Times times;
  private final List<String> problems = new ArrayList<>();

  private ReportParameters(MultivaluedMap<String, String> given, Times times) {
    this.given = given;
    this.times = times;
  }

  /**
   * The query that these parameters ask for; an empty value counts as absent, as forms send it.
   *
   * @throws ReportQueryException naming each wrong parameter
   */
  static ReportQuery parse(MultivaluedMap<String, String> given, Times times) {
    return new ReportParameters(given, times).read();
  }

  private ReportQuery read() {
    Instant from = time("from");
    Instant to = time("to");
    if (from != null && to != null && from.isAfter(to)) {
      problems.add("from: is after to; allowed: a time not after to");
    }
    String source = text("source");
    String strategy = text("strategy");
    String pair = text("pair");
    SignalOutcome outcome = outcome();
    String rule = text("rule");
    ReportCursor cursor = cursor();
    int limit = limit();
    for (String name : new TreeSet<>(given.keySet())) {
      if (!NAMES.contains(name)) {
        problems.add(shortened(name) + ": unknown parameter; allowed: " + String.join(", ", NAMES));
      }
    }
    if (!problems.isEmpty()) {
      throw new ReportQueryException(problems);
    }
    return new ReportQuery(from, to, source, strategy, pair, outcome, rule, cursor, limit);
  }

  private @Nullable String one(String name) {
    List<String> values = given.get(name);
    if (values == null || values.isEmpty()) {
      return null;
    }
    if (values.size() > 1) {
      problems.add(name + ": given more than once; allowed: once");
      return null;
    }
    String value = values.getFirst();
    return value.isEmpty() ? null : value;
  }

  private @Nullable String text(String name) {
    String value = one(name);
    if (value == null) {
      return null;
    }
    if (value.length() > LONGEST_TEXT || value.chars().anyMatch(Character::isISOControl)) {
      problems.add(
          name + ": too long or with control characters; allowed: " + LONGEST_TEXT + " characters");
      return null;
    }
    return value;
  }

  private @Nullable Instant time(String name) {
    String value = one(name);
    if (value == null) {
      return null;
    }
    String written = times == Times.FORM ? ReportTimes.sayingUtc(value) : value;
    Instant time = ReportTimes.parse(written).orElse(null);
    if (time == null) {
      problems.add(name + ": not a time; allowed: " + ReportTimes.ALLOWED);
    }
    return time;
  }

  private @Nullable SignalOutcome outcome() {
    String value = one("outcome");
    if (value == null) {
      return null;
    }
    SignalOutcome outcome = SignalOutcome.named(value).orElse(null);
    if (outcome == null) {
      List<String> names = Arrays.stream(SignalOutcome.values()).map(Enum::name).toList();
      problems.add("outcome: unknown; allowed: " + String.join(", ", names));
    }
    return outcome;
  }

  private @Nullable ReportCursor cursor() {
    String value = one("cursor");
    if (value == null) {
      return null;
    }
    ReportCursor cursor = ReportCursor.decode(value).orElse(null);
    if (cursor == null) {
      problems.add("cursor: not one of ours; allowed: the nextCursor of an earlier answer");
    }
    return cursor;
  }

  private int limit() {
    String value = one("limit");
    if (value == null) {
      return ReportQuery.DEFAULT_ROWS;
    }
    boolean digits =
        value.length() <= LONGEST_LIMIT && value.chars().allMatch(c -> c >= '0' && c <= '9');
    int limit = digits ? Integer.parseInt(value) : 0;
    if (limit < 1 || limit > ReportQuery.MOST_ROWS) {
      problems.add(
          "limit: out of range; allowed: a whole number from 1 to " + ReportQuery.MOST_ROWS);
      return ReportQuery.DEFAULT_ROWS;
    }
    return limit;
  }

  static String shortened(String name) {
    int longest = 40;
    String printable = name.replaceAll("\\p{Cntrl}", "?");
    return printable.length() <= longest ? printable : printable.substring(0, longest) + "…";
  }
}
