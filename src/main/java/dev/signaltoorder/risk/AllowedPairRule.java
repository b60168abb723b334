package dev.signaltoorder.risk;

import dev.signaltoorder.signal.Action;
import java.util.Set;
import java.util.TreeSet;

/**
 * Only chosen pairs. A cancel may pass: an order in a pair that was taken off the list must still
 * be cancellable.
 *
 * @param pairs upper case
 * @param names for the reader
 */
record AllowedPairRule(Set<String> pairs, String names) implements RiskRule.OfSignal {

  static AllowedPairRule read(Parameters parameters) {
    Set<String> pairs = parameters.list("pairs");
    return new AllowedPairRule(Set.copyOf(pairs), String.join(", ", new TreeSet<>(pairs)));
  }

  @Override
  public String code() {
    return RuleCodes.ALLOWED_PAIR;
  }

  @Override
  public String limit(CheckedInput input) {
    return names;
  }

  @Override
  public RuleAnswer evaluate(CheckedInput input, Planning planning) {
    String actual = Wording.shortened(input.symbol());
    if (input.action() == Action.CANCEL) {
      return RuleAnswer.notApplicable(actual, "A cancel places no order.");
    }
    input.pair();
    return pairs.contains(input.pairKey())
        ? RuleAnswer.pass(actual, "The pair may be traded.")
        : RuleAnswer.deny(actual, actual + " is not on the list of allowed pairs: " + names + ".");
  }
}
