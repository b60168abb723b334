package dev.signaltoorder.report;

import dev.signaltoorder.report.PerformanceView.Cost;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What each rule cost or saved, as rows of the page. */
final class RuleCostRows {
  private static final String NOTHING = "–";

  private RuleCostRows() {}

  static List<Cost> of(ReportQuery signals, @Nullable RuleCosts costs) {
    return costs == null
        ? List.of()
        : costs.byRule().stream().map(rule -> row(signals, rule)).toList();
  }

  /** How they were judged, in words; empty when that was not asked for. */
  static String words(@Nullable RuleCosts costs, PerformanceQuery.Horizon horizon) {
    if (costs == null || costs.byRule().isEmpty()) {
      return "";
    }
    return "A refused order is held for %s at prices that later decisions were made from, without fees. %d signals were refused, %d of them by several rules: those are no single rule's cost."
        .formatted(horizonWords(horizon), costs.refused(), costs.bySeveral());
  }

  static String horizonWords(PerformanceQuery.Horizon horizon) {
    return switch (horizon) {
      case NONE -> "not asked for";
      case QUARTER_HOUR -> "15 minutes";
      case HOUR -> "one hour";
      case FOUR_HOURS -> "four hours";
      case DAY -> "one day";
    };
  }

  private static Cost row(ReportQuery signals, RuleCosts.Rule rule) {
    return new Cost(
        ReportLinks.to("/", signals.withRule(rule.rule())),
        rule.rule(),
        Long.toString(rule.refused()),
        rule.judged() + " of " + rule.alone(),
        amounts(rule.money(), RuleCosts.Money::cost),
        amounts(rule.money(), RuleCosts.Money::saved),
        amounts(rule.money(), RuleCosts.Money::net));
  }

  private static String amounts(
      Map<String, RuleCosts.Money> money, Function<RuleCosts.Money, String> which) {
    return money.isEmpty()
        ? NOTHING
        : money.entrySet().stream()
            .map(one -> which.apply(one.getValue()) + " " + one.getKey())
            .sorted()
            .collect(Collectors.joining(", "));
  }
}
