package dev.signaltoorder.risk;

/** Judges signals. Stateless. */
public final class RiskEngine {

  /**
   * Plans the order, asks every rule, answers with all of it. Never throws: a rule that throws has
   * denied.
   */
  public Decision decide(RiskInput input, RuleSet ruleSet) {
    return new Decision(false, ruleSet.version(), null, null, java.util.List.of());
  }
}
