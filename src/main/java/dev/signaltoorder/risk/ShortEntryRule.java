package dev.signaltoorder.risk;

import dev.signaltoorder.signal.Action;

/** A short entry is refused by name: turned into a sale it would sell what is owned. */
record ShortEntryRule() implements RiskRule.OfSignal {

  static final String SENTENCE = "A short entry is not possible on spot.";

  @Override
  public String code() {
    return RuleCodes.SHORT_ENTRY;
  }

  @Override
  public String limit(CheckedInput input) {
    return "no short entries on spot";
  }

  @Override
  public RuleAnswer evaluate(CheckedInput input, Planning planning) {
    String actual = input.action().name();
    return input.action() == Action.SHORT
        ? RuleAnswer.deny(actual, SENTENCE)
        : RuleAnswer.pass(actual, "The signal is no short entry.");
  }
}
