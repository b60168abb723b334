package dev.signaltoorder.risk;

import java.math.BigDecimal;

/** An entry names where it would be left at a loss: a stop-loss below the price of a buy. */
record RequiredStopRule(boolean enabled) implements RiskRule.OfOrder {

  static RequiredStopRule read(Parameters parameters) {
    return new RequiredStopRule(parameters.flag("enabled"));
  }

  @Override
  public String code() {
    return RuleCodes.REQUIRED_STOP;
  }

  @Override
  public String limit(CheckedInput input) {
    return enabled ? "a stop-loss below the price" : "off";
  }

  @Override
  public RuleAnswer evaluate(CheckedInput input, OrderPlan plan) {
    BigDecimal stop = input.signal().stopLoss();
    String actual = stop == null ? "none" : Wording.amount(stop, input.quote());
    if (!enabled) {
      return RuleAnswer.notApplicable(actual, "The rule set does not ask for a stop-loss.");
    }
    if (plan.side() == Side.SELL) {
      return RuleAnswer.notApplicable(actual, "A sell needs no stop-loss.");
    }
    if (stop == null) {
      return RuleAnswer.deny(actual, "The signal names no stop-loss.");
    }
    return stop.compareTo(plan.referencePrice()) < 0
        ? RuleAnswer.pass(actual, "The stop-loss is below the price.")
        : RuleAnswer.deny(
            actual,
            "The stop-loss at "
                + actual
                + " is not below the price of "
                + Wording.amount(plan.referencePrice(), input.quote())
                + ".");
  }
}
