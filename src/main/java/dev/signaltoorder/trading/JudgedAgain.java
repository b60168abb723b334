package dev.signaltoorder.trading;

import dev.signaltoorder.risk.Decision;
import dev.signaltoorder.risk.RiskEngine;
import dev.signaltoorder.risk.RiskInput;
import dev.signaltoorder.risk.RuleResult;
import dev.signaltoorder.risk.RuleSet;

/** A stored decision, made again from what is stored with it and from the approvals before it. */
final class JudgedAgain {

  private JudgedAgain() {}

  /**
   * What the rules say of the same input. What is no rule denies as well: whether the order could
   * be protected is judged again, because the rules give it its size; what Kraken could not do
   * then, and how the market was, is taken as it was.
   *
   * @param approvals fed with every approval before this decision, in order
   */
  static Decision by(
      RiskEngine engine, RuleSet rules, Fact.SignalDecided decided, Approvals approvals) {
    RiskInput input = decided.input();
    Decision again =
        engine.decide(
            input.withAccount(
                input
                    .account()
                    .withApprovals(approvals.within(AccountViews.APPROVALS_SHOWN, input.now()))),
            rules);
    again = ProtectionCheck.judgedAgain(again, input, decided.decision());
    for (RuleResult result : decided.decision().results()) {
      if (result.code().startsWith(ExchangeTrouble.CODES)
          || result.code().startsWith(ConditionCheck.CODES)) {
        again = again.deniedAlso(result);
      }
    }
    return again;
  }
}
