package dev.signaltoorder.report;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signaltoorder.journal.MovedFacts;
import dev.signaltoorder.journal.SummaryCheck;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Puts the story of one signal together. Everything in it is of the same moment. */
@ApplicationScoped
class StoryReader {
  /** Facts whose body names the call that showed them. */
  private static final String CALL_ID = "callId";

  private final SignalSummaryRepository signals;
  private final StoryJournal journal;
  private final SummaryCheck check;
  private final MovedFacts movedFacts;

  StoryReader(
      SignalSummaryRepository signals,
      StoryJournal journal,
      SummaryCheck check,
      MovedFacts movedFacts) {
    this.signals = signals;
    this.journal = journal;
    this.check = check;
    this.movedFacts = movedFacts;
  }

  /** Empty when no such signal was ever taken. */
  @Transactional
  Optional<SignalStory> read(UUID signalId) {
    signals.readOneState();
    SignalSummaryRow summaryRow = signals.find(signalId);
    List<JournalRow> own = journal.ofSignal(signalId);
    if (own.isEmpty() && summaryRow == null) {
      return Optional.empty();
    }
    List<JournalRow> rows = withLinked(own);
    boolean cut = rows.size() > StoryJournal.MOST_FACTS;
    List<JournalRow> kept = cut ? rows.subList(0, StoryJournal.MOST_FACTS) : rows;
    ReportRow row = summaryRow == null ? null : summaryRow.row();
    Instant receivedAt = row == null ? receivedAt(own) : row.receivedAt();
    List<StoryFact> facts = StoryFact.timed(withMoved(kept), receivedAt);
    return Optional.of(
        new SignalStory(
            signalId,
            summaryRow == null ? own.getFirst().account() : summaryRow.account(),
            receivedAt,
            row == null ? null : row.outcome(),
            row,
            check.of(signalId).map(SummaryCheck.Difference::text).orElse(null),
            StorySummary.of(facts, receivedAt),
            facts,
            cut));
  }

  /** Bytes that were moved into an archive: themselves, or where they are. */
  private List<JournalRow> withMoved(List<JournalRow> rows) {
    SortedMap<Long, String> lacking = new TreeMap<>();
    for (JournalRow row : rows) {
      if (row.raw() == null && row.rawSha256() != null) {
        lacking.put(row.seq(), row.rawSha256());
      }
    }
    if (lacking.isEmpty()) {
      return rows;
    }
    Map<Long, MovedFacts.Moved> moved = movedFacts.find(rows.getFirst().account(), lacking);
    return rows.stream()
        .map(
            row -> {
              MovedFacts.Moved found = moved.get(row.seq());
              return found == null ? row : row.with(found);
            })
        .toList();
  }

  private List<JournalRow> withLinked(List<JournalRow> own) {
    // An account's place in its journal orders a story; a signal belongs to one account.
    Map<Long, JournalRow> bySeq = new TreeMap<>();
    addAll(bySeq, own);
    for (JournalRow row : own) {
      if (row.is("signal-decided")) {
        addAll(bySeq, MarketReads.of(row, journal.marketReadsBefore(row)));
      } else if (row.is("cancel-wanted")) {
        addAll(bySeq, journal.ofOrdersAfter(row.account(), row.seq(), orderIds(row)));
      }
    }
    addAll(bySeq, callsBehind(List.copyOf(bySeq.values())));
    return List.copyOf(bySeq.values());
  }

  /** A follow-up asks for many orders at once, so it carries no order of its own. */
  private List<JournalRow> callsBehind(List<JournalRow> rows) {
    Set<String> missing = new HashSet<>();
    Set<Instant> moments = new HashSet<>();
    for (JournalRow row : rows) {
      String callId = row.body().path(CALL_ID).asText("");
      if (!callId.isEmpty() && !row.is("kraken-called") && !row.is("market-read")) {
        missing.add(callId);
        moments.add(row.recordedAt());
      }
    }
    for (JournalRow row : rows) {
      if (row.is("kraken-called")) {
        missing.remove(row.body().path(CALL_ID).asText(""));
      }
    }
    return missing.isEmpty()
        ? List.of()
        : journal.calls(rows.getFirst().account(), moments, missing);
  }

  private static List<UUID> orderIds(JournalRow cancelWanted) {
    List<UUID> ids = new ArrayList<>();
    for (JsonNode id : cancelWanted.body().path("orderIds")) {
      ids.add(UUID.fromString(id.asText()));
    }
    return ids;
  }

  private static @Nullable Instant receivedAt(List<JournalRow> own) {
    return own.getFirst().time("receivedAt");
  }

  private static void addAll(Map<Long, JournalRow> bySeq, Collection<JournalRow> rows) {
    rows.forEach(row -> bySeq.put(row.seq(), row));
  }
}
