package dev.signaltoorder.risk;

import org.jspecify.annotations.Nullable;

/** Orders of which nobody knows whether they exist: no more of them may come. */
record UnknownOrdersRule(int count, HaltRequest.@Nullable Scope halt) implements RiskRule.OfOrder {

  static UnknownOrdersRule read(Parameters parameters) {
    return new UnknownOrdersRule(parameters.whole("count"), Breaker.scope(parameters));
  }

  @Override
  public String code() {
    return RuleCodes.UNKNOWN_ORDERS;
  }

  @Override
  public String limit(CheckedInput input) {
    return "at most " + count + " unknown orders";
  }

  @Override
  public RuleAnswer evaluate(CheckedInput input, OrderPlan plan) {
    int unknown = input.history().unknownOrders();
    String actual = Wording.count(unknown, "unknown order");
    if (input.onlyShrinks(plan)) {
      return Breaker.shrinks(actual);
    }
    return unknown > count
        ? RuleAnswer.deny(
                actual,
                "It is not known whether "
                    + Wording.count(unknown, "order")
                    + " reached Kraken; at most "
                    + count
                    + " may be so.")
            .withHalt(halt)
        : RuleAnswer.pass(actual, "Enough is known of the orders that are out.");
  }
}
