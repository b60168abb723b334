package dev.signaltoorder.risk;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * Number and value of orders without a final state, unknown ones included, with this one. An exit
 * counts for the entries that come after it, and is not held back itself: what it sells is bounded
 * by what is held, which every sell reserves at its approval.
 */
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
  public @Nullable BigDecimal mostVolume(CheckedInput input, OrderPlan plan) {
    if (input.onlyShrinks(plan)) {
      return null;
    }
    BigDecimal room = notional.of(input).subtract(input.account().openNotional());
    return VolumeSizing.volume(room, plan.referencePrice());
  }

  @Override
  public RuleAnswer evaluate(CheckedInput input, OrderPlan plan) {
    AccountView account = input.account();
    long orders = account.openOrders() + 1L;
    BigDecimal value = account.openNotional().add(plan.notional());
    String actual = Wording.count(orders, "order") + ", " + Wording.amount(value, input.quote());
    if (input.onlyShrinks(plan)) {
      return Exits.pass(input, plan, actual, "however many orders are open");
    }
    if (orders > count) {
      return RuleAnswer.deny(
          actual,
          "With this one " + orders + " orders would be open; at most " + count + " may be.");
    }
    return value.compareTo(notional.of(input)) > 0
        ? RuleAnswer.deny(
            actual,
            "With this one the open orders would be worth "
                + Wording.amount(value, input.quote())
                + "; at most "
                + notional.text(input)
                + " is allowed.")
        : RuleAnswer.pass(actual, "The open orders stay within the limits.");
  }
}
