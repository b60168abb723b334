package dev.signaltoorder.risk;

import java.time.Instant;
import java.util.ArrayList;
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
 * @param sendBefore after this moment the price or the signal would be too old: the order must not
 *     be sent any more; null when no order was approved
 * @param haltRequest the widest halt that a rule asks for, or null
 * @param alarms what a person should know at once, one sentence each
 */
public record Decision(
    boolean approved,
    long ruleSetVersion,
    @Nullable OrderPlan plan,
    @Nullable Sizing sizing,
    List<RuleResult> results,
    @Nullable Instant sendBefore,
    @Nullable HaltRequest haltRequest,
    List<String> alarms) {

  public Decision {
    results = List.copyOf(results);
    // Decisions stored before there were alarms have none.
    alarms = alarms == null ? List.of() : List.copyOf(alarms);
  }

  /**
   * The same judgement, denied as well by what is no rule; what its rules ask for beside the order,
   * a halt or an alarm, they still ask for.
   */
  public Decision deniedAlso(RuleResult reason) {
    List<RuleResult> all = new ArrayList<>(results);
    all.add(reason);
    return new Decision(false, ruleSetVersion, plan, sizing, all, null, haltRequest, alarms);
  }

  /** The codes of the rules that denied, in order; empty when approved. */
  public List<String> reasons() {
    return results.stream()
        .filter(result -> result.verdict() == RuleResult.Verdict.DENY)
        .map(RuleResult::code)
        .toList();
  }
}
