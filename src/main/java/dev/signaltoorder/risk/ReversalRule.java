package dev.signaltoorder.risk;

import dev.signaltoorder.signal.Action;
import java.math.BigDecimal;

/**
 * A SELL of more than the strategy holds: on spot there is no way to turn a position round, so such
 * a sell takes what somebody else holds.
 */
record ReversalRule(boolean allowed) implements RiskRule.OfOrder {

  static ReversalRule read(Parameters parameters) {
    return new ReversalRule(parameters.choice("sell-beyond-position").equals("allow"));
  }

  @Override
  public String code() {
    return RuleCodes.REVERSAL;
  }

  @Override
  public String limit(CheckedInput input) {
    return allowed
        ? "a sell may exceed the position"
        : "at most " + Wording.amount(input.account().closableVolume(), input.base());
  }

  @Override
  public RuleAnswer evaluate(CheckedInput input, OrderPlan plan) {
    if (input.action() != Action.SELL) {
      return RuleAnswer.notApplicable("no SELL", "Only a SELL can exceed a position.");
    }
    BigDecimal held = input.account().closableVolume();
    String actual = "a sell of " + Wording.amount(input.askedVolume(plan), input.base());
    String having = Wording.amount(held, input.base());
    if (input.onlyShrinks(plan)) {
      return RuleAnswer.pass(actual, "The strategy holds " + having + ", which covers the sell.");
    }
    return allowed
        ? RuleAnswer.pass(actual, "The strategy holds only " + having + "; it may sell more.")
        : RuleAnswer.deny(
            actual, "The strategy can sell only " + having + ", and this is " + actual + ".");
  }
}
