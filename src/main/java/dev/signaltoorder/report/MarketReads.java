package dev.signaltoorder.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which market reads fed a decision. A read is recorded once, right before the first decision made
 * from it; a later decision from the same prices has them further back. Those are found by time: a
 * snapshot is as old as the earlier of its two price calls, so they are the first Ticker and Depth
 * of the pair not sent before that, and the last SystemStatus before the decision.
 */
final class MarketReads {
  private static final Pattern NOT_IN_A_NAME = Pattern.compile("[^A-Za-z0-9.]+");

  private final JournalRow decision;
  private final List<JournalRow> newestFirst;
  private final String altname;
  private final @Nullable Instant takenAt;
  private final @Nullable Instant decidedAt;

  private MarketReads(JournalRow decision, List<JournalRow> newestFirst) {
    this.decision = decision;
    this.newestFirst = newestFirst;
    JsonNode input = decision.body().path("input");
    this.altname = input.path("pair").path("altname").asText();
    this.takenAt = JournalRow.timeOf(input.path("snapshot").path("takenAt"));
    this.decidedAt = JournalRow.timeOf(input.path("now"));
  }

  /**
   * Those that fed the decision, in the journal's order.
   *
   * @param newestFirst market reads before the decision
   */
  static List<JournalRow> of(JournalRow decision, List<JournalRow> newestFirst) {
    return new MarketReads(decision, newestFirst).find();
  }

  private List<JournalRow> find() {
    List<JournalRow> found = recordedWithDecision();
    if (takenAt != null && decidedAt != null) {
      Instant since = takenAt;
      for (String endpoint : List.of("Ticker", "Depth")) {
        addUnlessThere(
            found,
            endpoint,
            newestFirst.stream()
                .filter(usable(endpoint))
                .filter(this::namesPair)
                .filter(read -> !startedAt(read).isBefore(since))
                .min(Comparator.comparing(MarketReads::startedAt)));
      }
      addUnlessThere(
          found,
          "SystemStatus",
          newestFirst.stream()
              .filter(usable("SystemStatus"))
              .max(Comparator.comparing(MarketReads::startedAt)));
    }
    found.sort(Comparator.comparingLong(JournalRow::seq));
    return found;
  }

  /** The unbroken run of reads right before the decision. */
  private List<JournalRow> recordedWithDecision() {
    List<JournalRow> run = new ArrayList<>();
    long expected = decision.seq() - 1;
    for (JournalRow read : newestFirst) {
      if (read.seq() != expected) {
        break;
      }
      run.add(read);
      expected--;
    }
    return run;
  }

  private static void addUnlessThere(
      List<JournalRow> found, String endpoint, Optional<JournalRow> read) {
    if (found.stream().noneMatch(isOf(endpoint))) {
      read.ifPresent(found::add);
    }
  }

  private Predicate<JournalRow> usable(String endpoint) {
    return isOf(endpoint)
        .and(
            read -> {
              Instant finishedAt = read.time("finishedAt");
              return read.time("startedAt") != null
                  && finishedAt != null
                  && decidedAt != null
                  && !finishedAt.isAfter(decidedAt);
            });
  }

  private static Predicate<JournalRow> isOf(String endpoint) {
    return read -> read.body().path("endpoint").asText().endsWith("/" + endpoint);
  }

  private static Instant startedAt(JournalRow read) {
    Instant startedAt = read.time("startedAt");
    return startedAt == null ? Instant.MIN : startedAt;
  }

  private boolean namesPair(JournalRow read) {
    String request = read.body().path("request").asText();
    String decoded;
    try {
      decoded = URLDecoder.decode(request, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      decoded = request;
    }
    return NOT_IN_A_NAME.splitAsStream(decoded).anyMatch(altname::equals);
  }
}
