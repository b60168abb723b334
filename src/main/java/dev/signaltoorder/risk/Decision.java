package dev.signaltoorder.risk;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The judgement on one signal. Approved only if there is a plan with a positive volume and no rule
 * denied.
 *
 * @param approved may the order be placed
 * @param ruleSetVersion the version of the rule set that judged
 * @param plan the order, or null when none could be planned (or none is needed: CANCEL)
 * @param sizing how the volume came about, or null when it did not get that far
 * @param results the answers of all rules, always all of them, in the rule set's order
 */
public record Decision(
    boolean approved,
    long ruleSetVersion,
    @Nullable OrderPlan plan,
    @Nullable Sizing sizing,
    List<RuleResult> results) {

  public Decision {
    results = List.copyOf(results);
  }

  /** The codes of the rules that denied, in order; empty when approved. */
  public List<String> reasons() {
    return results.stream()
        .filter(result -> result.verdict() == RuleResult.Verdict.DENY)
        .map(RuleResult::code)
        .toList();
  }
}
