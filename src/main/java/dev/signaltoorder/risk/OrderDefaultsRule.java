package dev.signaltoorder.risk;

import java.math.BigDecimal;

/** Says whether type and price of the order were clear, by the signal or by the rule set. */
record OrderDefaultsRule(OrderDefaults defaults) implements RiskRule.OfSignal {

  @Override
  public String code() {
    return RuleCodes.ORDER_DEFAULTS;
  }

  @Override
  public String limit(CheckedInput input) {
    return "limit orders "
        + defaults.timeInForce()
        + (defaults.marketAsIocLimit() ? ", market orders as limit IOC" : ", market orders")
        + ", "
        + defaults.type()
        + " unless the signal says";
  }

  @Override
  public RuleAnswer evaluate(CheckedInput input, Planning planning) {
    return switch (planning) {
      case Planning.Planned(OrderPlan plan, Sizing sizing) ->
          RuleAnswer.pass(text(plan, input), "Type and price of the order are clear.");
      case Planning.NotPlanned(String code, String reason, Sizing sizing) ->
          code.equals(code())
              ? RuleAnswer.deny("no order", reason)
              : RuleAnswer.notApplicable("no order", "No order is planned: see " + code + ".");
      case Planning.NothingToPlace() ->
          RuleAnswer.notApplicable("no order", "A cancel places no order.");
    };
  }

  private static String text(OrderPlan plan, CheckedInput input) {
    BigDecimal limitPrice = plan.limitPrice();
    String order = plan.type() + " " + plan.timeInForce() + (plan.postOnly() ? " post-only" : "");
    return limitPrice == null ? order : order + " at " + Wording.amount(limitPrice, input.quote());
  }
}
