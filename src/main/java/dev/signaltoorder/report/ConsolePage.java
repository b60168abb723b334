package dev.signaltoorder.report;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes the console's page for a query. */
@Singleton
class ConsolePage {
  private static final String NOTHING = "–";

  private final ReportReader reader;
  private final PageFrames frames;

  ConsolePage(ReportReader reader, PageFrames frames) {
    this.reader = reader;
    this.frames = frames;
  }

  /**
   * The whole page as HTML.
   *
   * @param path where the page lives; its links and its form stay there
   */
  String render(String path, ReportQuery query) {
    Report report = reader.readWithAllTotals(query);
    return Pages.console(view(path, query, report)).render();
  }

  private ConsoleView view(String path, ReportQuery query, Report report) {
    String nextCursor = report.nextCursor();
    String nextPage =
        nextCursor == null
            ? ""
            : ReportLinks.to(path, query.at(ReportCursor.decode(nextCursor).orElseThrow()));
    ReportQuery first = query.at(null);
    boolean filtered =
        !new ReportQuery(null, null, null, null, null, null, null, null, query.limit())
            .equals(first);
    return new ConsoleView(
        frames.frame(Section.SIGNALS),
        path,
        form(query),
        totals(path, query, report.totals()),
        report.rows().stream().map(row -> row(path, query, row)).toList(),
        query.cursor() == null ? "" : ReportLinks.to(path, first),
        nextPage,
        filtered,
        ReportLinks.toAll("/audit/report.csv", first),
        ReportLinks.to("/audit/report", first));
  }

  private static ConsoleView.Form form(ReportQuery query) {
    List<ConsoleView.Choice> outcomes =
        Arrays.stream(SignalOutcome.values())
            .map(
                outcome ->
                    new ConsoleView.Choice(
                        outcome.name(),
                        SignalOutcome.wordsOf(outcome.name()),
                        outcome == query.outcome()))
            .toList();
    return new ConsoleView.Form(
        timeField(query.from()),
        timeField(query.to()),
        orEmpty(query.source()),
        orEmpty(query.strategy()),
        orEmpty(query.pair()),
        outcomes,
        orEmpty(query.rule()),
        Integer.toString(query.limit()));
  }

  /** A browser's date field knows whole seconds here; anything finer stays text, uncut. */
  static ConsoleView.TimeField timeField(@Nullable Instant time) {
    if (time == null) {
      return new ConsoleView.TimeField("datetime-local", "");
    }
    return time.equals(time.truncatedTo(ChronoUnit.SECONDS))
        ? new ConsoleView.TimeField("datetime-local", time.toString().replace("Z", ""))
        : new ConsoleView.TimeField("text", time.toString());
  }

  private static List<ConsoleView.Total> totals(
      String path, ReportQuery query, Map<String, Long> counts) {
    List<ConsoleView.Total> totals = new ArrayList<>();
    long all = counts.values().stream().mapToLong(Long::longValue).sum();
    totals.add(
        new ConsoleView.Total(
            ReportLinks.to(path, query.withOutcome(null)),
            "All signals",
            SignalOutcome.Tone.QUIET.styleClass(),
            all,
            query.outcome() == null));
    counts.forEach(
        (name, signals) ->
            SignalOutcome.named(name)
                .ifPresent(
                    outcome ->
                        totals.add(
                            new ConsoleView.Total(
                                ReportLinks.to(path, query.withOutcome(outcome)),
                                SignalOutcome.wordsOf(name),
                                SignalOutcome.toneOf(name).styleClass(),
                                signals,
                                outcome == query.outcome()))));
    return totals;
  }

  private static ConsoleView.Row row(String path, ReportQuery query, ReportRow row) {
    List<ConsoleView.Reason> reasons =
        row.reasons().stream()
            .map(
                reason ->
                    new ConsoleView.Reason(ReportLinks.to(path, query.withRule(reason)), reason))
            .toList();
    return new ConsoleView.Row(
        ReportLinks.toStory(row.signalId()),
        row.receivedAt().toString(),
        ReportTimes.brief(row.receivedAt()),
        row.source(),
        orNothing(row.strategy()),
        orNothing(row.pair()),
        orNothing(row.action()),
        SignalOutcome.wordsOf(row.outcome()),
        SignalOutcome.toneOf(row.outcome()).styleClass(),
        reasons,
        orNothing(row.orderTxid()),
        orNothing(row.volume()),
        orNothing(row.averagePrice()),
        orNothing(row.slippageBps()),
        orNothing(row.fee()),
        orNothing(row.priceOrigin()));
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  private static String orNothing(@Nullable String text) {
    return text == null ? NOTHING : text;
  }
}
