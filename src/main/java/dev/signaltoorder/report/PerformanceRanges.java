package dev.signaltoorder.report;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which time the performance page is about. Over everything that was ever received it may take too
 * long, so who says no time is shown the last {@value #DEFAULT_DAYS} days.
 */
final class PerformanceRanges {
  static final int DEFAULT_DAYS = 30;
  private static final List<Integer> DAYS = List.of(1, 7, DEFAULT_DAYS, 90, 365);
  private static final Instant EVER = Instant.EPOCH;

  private final Instant today;

  PerformanceRanges(Clock clock) {
    this.today = clock.instant().truncatedTo(ChronoUnit.DAYS);
  }

  /** The query with the usual time where it says none. */
  PerformanceQuery withTime(PerformanceQuery query) {
    ReportQuery signals = query.signals();
    return signals.from() == null && signals.to() == null
        ? since(query, start(DEFAULT_DAYS))
        : query;
  }

  /** Whether the time is one that a link on the page leads to. */
  boolean isOffered(ReportQuery signals) {
    Instant from = signals.from();
    return signals.to() == null
        && from != null
        && (from.equals(EVER) || DAYS.stream().anyMatch(days -> start(days).equals(from)));
  }

  /** The time asked for, as a sentence. */
  String words(ReportQuery signals) {
    Instant from = signals.from();
    Instant to = signals.to();
    String words = from == null || from.equals(EVER) ? "From the beginning" : "Since " + said(from);
    for (int days : DAYS) {
      if (from != null && to == null && start(days).equals(from)) {
        words = "Today and the %s before: since %s".formatted(counted(days), said(from));
      }
    }
    return to == null ? words + "." : words + ", before " + said(to) + ".";
  }

  /** Links to the same for other times. */
  List<PerformanceView.Range> links(String path, PerformanceQuery query) {
    List<PerformanceView.Range> links = new ArrayList<>();
    for (int days : DAYS) {
      links.add(link(path, query, start(days), counted(days)));
    }
    links.add(link(path, query, EVER, "Everything"));
    return links;
  }

  private static PerformanceView.Range link(
      String path, PerformanceQuery query, Instant from, String words) {
    boolean current = from.equals(query.signals().from()) && query.signals().to() == null;
    return new PerformanceView.Range(ReportLinks.to(path, since(query, from)), words, current);
  }

  private static PerformanceQuery since(PerformanceQuery query, @Nullable Instant from) {
    return new PerformanceQuery(query.signals().since(from), query.groupBy(), query.horizon());
  }

  private Instant start(int days) {
    return today.minus(Duration.ofDays(days));
  }

  private static String counted(int days) {
    return days == 1 ? "1 day" : days + " days";
  }

  private static String said(Instant time) {
    return time.toString().replace("T", " ").replace("Z", " UTC");
  }
}
