package dev.signaltoorder.risk;

import java.math.BigDecimal;

/** Number and value of orders without a final state, unknown ones included, with this one. */
record OpenOrdersRule(int count, QuoteLimit notional)
    implements RiskRule.OfOrder, RiskRule.Capping {

  static OpenOrdersRule read(Parameters parameters) {
    return new OpenOrdersRule(parameters.whole("count"), QuoteLimit.read(parameters, "notional"));
  }

  @Override
  public String code() {
    return RuleCodes.OPEN_ORDERS;
  }

  @Override
  public String limit(CheckedInput input) {
    return count + " orders, " + notional.text(input);
  }

  @Override
  public BigDecimal mostVolume(CheckedInput input, OrderPlan plan) {
    BigDecimal room = notional.of(input).subtract(input.account().openNotional());
    return VolumeSizing.volume(room, plan.referencePrice());
  }

  @Override
  public RuleAnswer evaluate(CheckedInput input, OrderPlan plan) {
    AccountView account = input.account();
    long orders = account.openOrders() + 1L;
    BigDecimal value = account.openNotional().add(plan.notional());
    String actual = orders + " orders, " + Wording.amount(value, input.quote());
    if (orders > count) {
      return RuleAnswer.deny(actual, "Too many orders would be open.");
    }
    return value.compareTo(notional.of(input)) > 0
        ? RuleAnswer.deny(actual, "The open orders would be worth too much.")
        : RuleAnswer.pass(actual, "The open orders stay within the limits.");
  }
}
