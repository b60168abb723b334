package dev.signaltoorder.risk;

import java.util.List;

/**
 * What a rule is for and which parameters it has.
 *
 * @param code one of {@link RuleCodes}
 * @param mandatory a rule set without it denies every signal; otherwise leaving it out turns it off
 * @param concerns which signals it judges
 * @param protectsFrom what goes wrong without it
 * @param parameters possibly none; the rule must be in the rule set all the same
 */
public record RuleDescription(
    String code,
    boolean mandatory,
    String concerns,
    String protectsFrom,
    List<ParameterDescription> parameters) {

  public RuleDescription {
    parameters = List.copyOf(parameters);
  }

  /** Over what it counts or decides, in plain words. */
  public String scope() {
    return RuleScopes.of(code);
  }

  static RuleDescription mandatory(
      String code, String concerns, String protectsFrom, ParameterDescription... parameters) {
    return new RuleDescription(code, true, concerns, protectsFrom, List.of(parameters));
  }
}
