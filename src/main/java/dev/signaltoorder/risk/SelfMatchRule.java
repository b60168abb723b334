package dev.signaltoorder.risk;

import dev.signaltoorder.risk.AccountHistory.OpenOrder;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Trading with oneself: an own open order on the other side that this order would meet. */
record SelfMatchRule() implements RiskRule.OfOrder {

  @Override
  public String code() {
    return RuleCodes.SELF_MATCH;
  }

  @Override
  public String limit(CheckedInput input) {
    return "no own order that it would trade with";
  }

  @Override
  public RuleAnswer evaluate(CheckedInput input, OrderPlan plan) {
    for (OpenOrder open : input.history().openInPair()) {
      if (open.side() != plan.side() && crosses(plan, open.limitPrice())) {
        BigDecimal price = open.limitPrice();
        String actual =
            "own "
                + open.side()
                + (price == null
                    ? " at the market price"
                    : " at " + Wording.amount(price, input.quote()));
        return RuleAnswer.deny(actual, "The order would trade with an order of this account.");
      }
    }
    return RuleAnswer.pass("none", "The order meets no order of this account.");
  }

  private static boolean crosses(OrderPlan plan, @Nullable BigDecimal other) {
    BigDecimal price = plan.limitPrice();
    if (price == null || other == null) {
      return true;
    }
    return plan.side() == Side.BUY ? price.compareTo(other) >= 0 : price.compareTo(other) <= 0;
  }
}
