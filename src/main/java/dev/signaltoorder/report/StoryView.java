package dev.signaltoorder.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A story as its template needs it: texts only, nothing null.
 *
 * @param lead what it was, in one sentence
 * @param contradiction how the report contradicts the facts; empty when it does not
 * @param inShort what became of it and why, in sentences
 * @param signal what the sender asked for
 * @param market the prices it was decided with; empty when there were none
 * @param times where the time went
 */
record StoryView(
    PageFrame frame,
    String signalId,
    String account,
    String outcome,
    String tone,
    String lead,
    String contradiction,
    List<String> inShort,
    List<Named> signal,
    List<Named> market,
    List<Stage> times,
    List<Rule> rules,
    List<Event> events,
    boolean cut) {
  private static final long ALL = 100;

  /** A value and its name. */
  record Named(String name, String value) {}

  /**
   * A part of the way from the sender to the order.
   *
   * @param share of the longest part, 0 to 100, for a bar
   */
  record Stage(String name, String value, int share) {}

  /** A rule's answer. */
  record Rule(
      String code, String verdict, String tone, String limit, String actual, String explanation) {}

  /** A fact on the time line. */
  record Event(
      String seq,
      String recordedAt,
      String shownAt,
      String sincePrevious,
      String sinceReceipt,
      String tone,
      String headline,
      List<String> lines,
      String request,
      String raw,
      String rawEncoding,
      String rawArchive) {}

  static StoryView of(PageFrame frame, SignalStory story) {
    JsonNode summary = story.summary();
    String outcome = story.outcome() == null ? "PENDING" : story.outcome();
    return new StoryView(
        frame,
        story.signalId().toString(),
        story.account(),
        SignalOutcome.wordsOf(outcome),
        SignalOutcome.toneOf(outcome).styleClass(),
        lead(story),
        story.contradiction() == null ? "" : story.contradiction(),
        InShort.of(summary),
        signal(summary.path("signal"), pair(summary)),
        market(summary.path("snapshot"), pair(summary)),
        times(summary.path("durations")),
        rules(summary.path("rules")),
        story.facts().stream().map(StoryView::event).toList(),
        story.cut());
  }

  private static String lead(SignalStory story) {
    ReportRow row = story.row();
    Instant receivedAt = story.receivedAt();
    String at = receivedAt == null ? "" : ", received " + ReportTimes.exact(receivedAt) + " UTC";
    if (row == null) {
      return "Account " + story.account() + at + ".";
    }
    String what =
        row.action() == null
            ? "A delivery that was no valid signal"
            : row.action() + " " + row.pair() + ", strategy " + row.strategy();
    return what + ", from " + row.source() + " on account " + story.account() + at + ".";
  }

  /** As Kraken's pair is called; before it is known, as the sender called it. */
  private static String pair(JsonNode summary) {
    JsonNode known = summary.path("decision").path("pair").path("symbol");
    return known.isTextual() ? known.asText() : Wording.text(summary.path("signal"), "pair");
  }

  private static List<Named> signal(JsonNode signal, String pair) {
    Values values = new Values(signal);
    values.add("Order type", "orderType");
    values.add("Limit price", "limitPrice");
    if (signal.path("entryZone").isObject()) {
      JsonNode zone = signal.path("entryZone");
      values.put("Entry zone", Wording.text(zone, "low") + " to " + Wording.text(zone, "high"));
    }
    values.add("Stop loss", "stopLoss");
    for (JsonNode target : signal.path("takeProfits")) {
      String share = Wording.text(target, "share");
      String of = share.equals(Wording.NOTHING) ? "" : ", for " + share + " of the position";
      values.put("Take profit", Wording.text(target, "price") + of);
    }
    JsonNode size = signal.path("size");
    if (size.isObject()) {
      values.put(
          "Size", Wording.size(Wording.text(size, "value"), Wording.text(size, "unit"), pair));
    }
    values.add("Confidence", "confidence");
    values.add("Timeframe", "timeframe");
    values.add("Risk level", "riskLevel");
    values.add("Sender's id", "senderSignalId");
    values.add("Sequence", "sequence");
    values.add("Expires at", "expiresAt");
    return values.list;
  }

  private static List<Named> market(JsonNode snapshot, String pair) {
    Values values = new Values(snapshot);
    values.add("Bid", "bid");
    values.add("Ask", "ask");
    values.add("Mid", "mid");
    values.add("Spread (bps)", "spreadBps");
    values.add("Last trade", "last");
    values.add("Bids within 0.5 %, " + Wording.quote(pair), "bidDepth");
    values.add("Asks within 0.5 %, " + Wording.quote(pair), "askDepth");
    values.add("24 h volume, " + Wording.base(pair), "volume24h");
    values.add("Exchange status", "systemStatus");
    values.add("Taken at", "takenAt");
    values.add("Prices from", "origin");
    return values.list;
  }

  private static List<Stage> times(JsonNode durations) {
    List<Stage> stages = new ArrayList<>();
    stage(stages, durations, "On its way from the sender to us", "senderToReceiptMicros");
    stage(stages, durations, "From receipt to the decision", "receiptToDecisionMicros");
    stage(stages, durations, "From the decision until it was sent", "decisionToOrderSentMicros");
    stage(stages, durations, "Until Kraken had answered", "krakenAddOrderMicros");
    return stages;
  }

  private static void stage(List<Stage> stages, JsonNode durations, String name, String field) {
    if (!durations.path(field).isNumber()) {
      return;
    }
    long longest = 1;
    for (JsonNode duration : durations) {
      longest = Math.max(longest, duration.asLong());
    }
    long micros = durations.path(field).asLong();
    // A clock that is ahead of ours makes a signal arrive before it was sent.
    int share = Math.toIntExact(Math.min(ALL, Math.max(0, micros) * ALL / longest));
    stages.add(new Stage(name, StoryFact.spoken(micros), share));
  }

  private static List<Rule> rules(JsonNode results) {
    List<Rule> rules = new ArrayList<>();
    for (JsonNode result : results) {
      String verdict = Wording.text(result, "verdict");
      SignalOutcome.Tone tone =
          switch (verdict) {
            case "PASS" -> SignalOutcome.Tone.GOOD;
            case "DENY" -> SignalOutcome.Tone.BAD;
            default -> SignalOutcome.Tone.QUIET;
          };
      rules.add(
          new Rule(
              Wording.text(result, "code"),
              Wording.verdict(verdict),
              tone.styleClass(),
              Wording.text(result, "limit"),
              Wording.text(result, "actual"),
              Wording.text(result, "explanation")));
    }
    return rules;
  }

  private static Event event(StoryFact fact) {
    Narration narration = Narration.of(fact);
    return new Event(
        Long.toString(fact.seq()),
        fact.recordedAt().toString(),
        ReportTimes.exact(fact.recordedAt()),
        spokenAfter(fact.sincePreviousMicros(), " after the one before"),
        spokenAfter(fact.sinceReceiptMicros(), " after receipt"),
        narration.tone().styleClass(),
        narration.headline(),
        narration.lines(),
        fact.body().path("request").asText(""),
        fact.raw() == null ? "" : fact.raw(),
        fact.rawEncoding() == null ? "" : fact.rawEncoding(),
        fact.rawArchive() == null ? "" : fact.rawArchive());
  }

  private static String spokenAfter(@Nullable Long micros, String after) {
    if (micros == null || micros == 0) {
      return "";
    }
    return micros < 0 && after.endsWith("receipt")
        ? StoryFact.spoken(-micros) + " before receipt"
        : StoryFact.spoken(micros) + after;
  }

  /** Collects what is there. */
  private static final class Values {
    private final JsonNode from;
    private final List<Named> list = new ArrayList<>();

    private Values(JsonNode from) {
      this.from = from;
    }

    private void add(String name, String field) {
      JsonNode value = from.path(field);
      if (!value.isMissingNode() && !value.isNull()) {
        put(name, value.asText());
      }
    }

    private void put(String name, String value) {
      list.add(new Named(name, value));
    }
  }
}
