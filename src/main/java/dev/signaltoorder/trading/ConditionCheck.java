package dev.signaltoorder.trading;

import dev.signaltoorder.market.MarketSnapshot;
import dev.signaltoorder.risk.Decision;
import dev.signaltoorder.risk.RiskInput;
import dev.signaltoorder.risk.RuleResult;
import dev.signaltoorder.signal.Action;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What the market's condition means for an entry. Exits always pass. Pure. */
final class ConditionCheck {
  /** How the codes of all its results begin. */
  static final String CODES = "market-";

  private ConditionCheck() {}

  /** The decision of the rules, denied as well if the market takes no entries now. */
  static Decision judged(
      AccountState state, CorePolicy policy, Decision decision, RiskInput input) {
    MarketSnapshot snapshot = input.snapshot();
    if (input.signal().action() != Action.BUY || snapshot == null) {
      return decision;
    }
    ConductFact.ConditionChanged condition = state.conditions().at(snapshot.pair());
    RuleResult denial = condition == null ? null : of(condition, policy, snapshot, input);
    return denial == null ? decision : decision.deniedAlso(denial);
  }

  private static @Nullable RuleResult of(
      ConductFact.ConditionChanged condition,
      CorePolicy policy,
      MarketSnapshot snapshot,
      RiskInput input) {
    String limit = condition.measure() + ' ' + condition.limit().toPlainString();
    String actual = condition.measure() + ' ' + condition.value().toPlainString();
    if (condition.to() == MarketCondition.THIN) {
      return denied(
          "market-thin", limit, actual, "The market is thin, so no entries: " + condition.text());
    }
    if (policy.conditions().pauseInSpike()) {
      return denied(
          "market-spike",
          limit,
          actual,
          "The price moves fast, so entries pause: " + condition.text());
    }
    Duration age = Duration.between(snapshot.takenAt(), input.now());
    Duration most = policy.conditions().spikeFreshFor();
    return age.compareTo(most) <= 0
        ? null
        : denied(
            "market-spike",
            "a price at most " + most.toMillis() + " ms old",
            age.toMillis() + " ms",
            "The price moves fast, and the one at hand is too old: " + condition.text());
  }

  private static RuleResult denied(String code, String limit, String actual, String explanation) {
    return new RuleResult(code, RuleResult.Verdict.DENY, limit, actual, explanation + '.');
  }
}
