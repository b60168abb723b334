package dev.signaltoorder.report;

import dev.signaltoorder.report.Performance.Group;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes the performance page. */
@Singleton
class PerformancePage {
  private static final String PATH = "/audit/performance";
  private static final String NOTHING = "–";
  private static final int ALL_OF_IT = 100;

  private final PageFrames frames;

  PerformancePage(PageFrames frames) {
    this.frames = frames;
  }

  /** The whole page as HTML. */
  String render(PerformanceQuery query, PerformanceRanges ranges, Performance performance) {
    ReportQuery signals = query.signals();
    List<PerformanceView.Block> blocks = new ArrayList<>();
    blocks.add(block("all", "All of it", signals, performance.total()));
    for (Group group : performance.groups()) {
      String name = group.name() == null ? "without a " + performance.groupBy() : group.name();
      blocks.add(block("group-" + blocks.size(), name, within(query, group), group));
    }
    return Pages.performance(
            new PerformanceView(
                frames.frame(Section.PERFORMANCE),
                form(query),
                isFiltered(signals, ranges),
                ranges.words(signals),
                ranges.links(PATH, query),
                blocks,
                EquityCurves.of(performance.days()),
                RuleCostRows.words(performance.rules(), query.horizon()),
                RuleCostRows.of(signals, performance.rules()),
                ReportLinks.to(PATH, query)))
        .render();
  }

  private static boolean isFiltered(ReportQuery signals, PerformanceRanges ranges) {
    return signals.source() != null
        || signals.strategy() != null
        || signals.pair() != null
        || !ranges.isOffered(signals);
  }

  private static PerformanceView.Form form(PerformanceQuery query) {
    ReportQuery signals = query.signals();
    return new PerformanceView.Form(
        ConsolePage.timeField(signals.from()),
        ConsolePage.timeField(signals.to()),
        orEmpty(signals.source()),
        orEmpty(signals.strategy()),
        orEmpty(signals.pair()),
        Arrays.stream(PerformanceQuery.GroupBy.values())
            .map(one -> new ConsoleView.Choice(one.column(), one.column(), one == query.groupBy()))
            .toList(),
        Arrays.stream(PerformanceQuery.Horizon.values())
            .map(
                one ->
                    new ConsoleView.Choice(
                        one.text(), RuleCostRows.horizonWords(one), one == query.horizon()))
            .toList());
  }

  /** The same filters, and only this group: for links to its signals. */
  private static ReportQuery within(PerformanceQuery query, Group group) {
    ReportQuery all = query.signals();
    String name = group.name();
    if (name == null) {
      return all;
    }
    return switch (query.groupBy()) {
      case SOURCE -> all.of(name, all.strategy(), all.pair());
      case STRATEGY -> all.of(all.source(), name, all.pair());
      case PAIR -> all.of(all.source(), all.strategy(), name);
    };
  }

  private static PerformanceView.Block block(
      String id, String title, ReportQuery signals, Group group) {
    List<PerformanceView.Fact> facts = new ArrayList<>();
    facts.add(new PerformanceView.Fact("Signals", Long.toString(group.signals())));
    group
        .outcomes()
        .forEach(
            (outcome, count) ->
                facts.add(
                    new PerformanceView.Fact(
                        SignalOutcome.wordsOf(outcome), Long.toString(count))));
    facts.add(new PerformanceView.Fact("Orders", Long.toString(group.orders())));
    facts.add(
        new PerformanceView.Fact(
            "Orders with a fill",
            group.fillRate() == null
                ? NOTHING
                : group.ordersFilled() + " (" + percent(group.fillRate()) + " %)"));
    return new PerformanceView.Block(
        id,
        title,
        facts,
        money(group.money()),
        spreads(group),
        distributions(group),
        refusals(signals, group));
  }

  private static String percent(String rate) {
    return PerformanceReader.plain(new java.math.BigDecimal(rate).movePointRight(2));
  }

  private static List<PerformanceView.MoneyRow> money(Map<String, Performance.Money> money) {
    return money.entrySet().stream()
        .map(
            one ->
                new PerformanceView.MoneyRow(
                    one.getKey(),
                    one.getValue().bought(),
                    one.getValue().sold(),
                    one.getValue().fees(),
                    one.getValue().realised(),
                    one.getValue().held(),
                    orNothing(one.getValue().open())))
        .toList();
  }

  private static List<PerformanceView.SpreadRow> spreads(Group group) {
    Performance.Slippage slippage = group.slippageBps();
    Performance.Latency latency = group.latencyMs();
    return List.of(
        spread(
            "Slippage, signal's price to mid at the decision", "bps", slippage.signalToSnapshot()),
        spread("Slippage, mid at the decision to fill", "bps", slippage.snapshotToFill()),
        spread("Slippage, signal's price to fill", "bps", slippage.signalToFill()),
        spread("Time on its way to us", "ms", latency.sender()),
        spread("Time from receipt to approval", "ms", latency.ours()),
        spread("Time from approval to sending", "ms", latency.queue()),
        spread("Time until Kraken had answered", "ms", latency.kraken()));
  }

  private static List<PerformanceView.Distribution> distributions(Group group) {
    Performance.Slippage slippage = group.slippageBps();
    Performance.Latency latency = group.latencyMs();
    return Stream.of(
            Distributions.of("Slippage, signal's price to fill", "bps", slippage.signalToFill()),
            Distributions.of("Slippage, mid to fill", "bps", slippage.snapshotToFill()),
            Distributions.of("Time on its way to us", "ms", latency.sender()),
            Distributions.of("Time from receipt to approval", "ms", latency.ours()),
            Distributions.of("Time until Kraken had answered", "ms", latency.kraken()))
        .flatMap(Optional::stream)
        .toList();
  }

  private static PerformanceView.SpreadRow spread(String name, String unit, Spread spread) {
    return new PerformanceView.SpreadRow(
        name,
        unit,
        Long.toString(spread.count()),
        orNothing(spread.mean()),
        orNothing(spread.p50()),
        orNothing(spread.p95()),
        orNothing(spread.p99()));
  }

  private static List<PerformanceView.Refusal> refusals(ReportQuery signals, Group group) {
    long most = group.refusals().values().stream().mapToLong(Long::longValue).max().orElse(1);
    return group.refusals().entrySet().stream()
        .sorted(
            Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()))
        .map(
            one ->
                new PerformanceView.Refusal(
                    ReportLinks.to("/", signals.withRule(one.getKey())),
                    one.getKey(),
                    one.getValue(),
                    Math.toIntExact(one.getValue() * ALL_OF_IT / most)))
        .toList();
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  private static String orNothing(@Nullable String text) {
    return text == null ? NOTHING : text;
  }
}
