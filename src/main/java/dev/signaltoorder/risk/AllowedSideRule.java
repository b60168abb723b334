package dev.signaltoorder.risk;

import java.util.Set;
import java.util.TreeSet;

/**
 * Only chosen sides.
 *
 * @param sides BUY, SELL or both
 * @param names for the reader
 */
record AllowedSideRule(Set<String> sides, String names) implements RiskRule.OfOrder {

  @Override
  public String code() {
    return RuleCodes.ALLOWED_SIDE;
  }

  static AllowedSideRule read(Parameters parameters) {
    Set<String> sides = parameters.list("sides");
    return new AllowedSideRule(Set.copyOf(sides), String.join(", ", new TreeSet<>(sides)));
  }

  @Override
  public String limit(CheckedInput input) {
    return names;
  }

  @Override
  public RuleAnswer evaluate(CheckedInput input, OrderPlan plan) {
    String actual = plan.side().name();
    return sides.contains(actual)
        ? RuleAnswer.pass(actual, "The side may be traded.")
        : RuleAnswer.deny(actual, actual + " is not on the list of allowed sides: " + names + ".");
  }
}
