package dev.signaltoorder.risk;

import java.util.Set;
import java.util.TreeSet;

/**
 * Only chosen order types, judged by what would really be sent: a market order that becomes a limit
 * IOC order is a LIMIT_IOC.
 *
 * @param types MARKET, LIMIT_IOC, LIMIT_GTC
 * @param names for the reader
 */
record AllowedTypeRule(Set<String> types, String names) implements RiskRule.OfOrder {

  @Override
  public String code() {
    return RuleCodes.ALLOWED_TYPE;
  }

  static AllowedTypeRule read(Parameters parameters) {
    Set<String> types = parameters.list("types");
    return new AllowedTypeRule(Set.copyOf(types), String.join(", ", new TreeSet<>(types)));
  }

  @Override
  public String limit(CheckedInput input) {
    return names;
  }

  @Override
  public RuleAnswer evaluate(CheckedInput input, OrderPlan plan) {
    String actual =
        switch (plan.type()) {
          case MARKET -> "MARKET";
          case LIMIT -> "LIMIT_" + plan.timeInForce();
        };
    return types.contains(actual)
        ? RuleAnswer.pass(actual, "The order type may be used.")
        : RuleAnswer.deny(
            actual, actual + " is not on the list of allowed order types: " + names + ".");
  }
}
