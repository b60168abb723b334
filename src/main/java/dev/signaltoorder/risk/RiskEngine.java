package dev.signaltoorder.risk;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Judges signals. The same input and rule set give the same decision for ever; may be used by
 * several threads. Fails closed: a rule that is missing, unreadable, or throws has denied.
 */
public final class RiskEngine {

  /** The rule set read last, so that its texts are not read again for every signal. */
  private volatile @Nullable CompiledRules lastCompiled;

  /**
   * Plans the order, asks every rule, answers with all of it, in the catalogue's order. Approved
   * only if nothing denied and there is an order with a positive volume, or the signal is a CANCEL.
   * Never throws.
   */
  public Decision decide(RiskInput input, RuleSet ruleSet) {
    CompiledRules compiled = compiled(ruleSet);
    CheckedInput checked = new CheckedInput(input);
    Planning planning = compiled.planner().plan(checked);
    List<RuleResult> results = new ArrayList<>(compiled.rules().size());
    boolean denied = false;
    for (RiskRule rule : compiled.rules()) {
      RuleResult result = ask(rule, checked, planning);
      denied |= result.verdict() == RuleResult.Verdict.DENY;
      results.add(result);
    }
    boolean possible =
        switch (planning) {
          case Planning.Planned planned -> planned.plan().volume().signum() > 0;
          case Planning.NothingToPlace nothing -> true;
          case Planning.NotPlanned notPlanned -> false;
        };
    return new Decision(
        possible && !denied,
        ruleSet.version(),
        planning.planOrNull(),
        planning.sizingOrNull(),
        results);
  }

  private CompiledRules compiled(RuleSet ruleSet) {
    CompiledRules compiled = lastCompiled;
    if (compiled == null || !compiled.isOf(ruleSet)) {
      compiled = CompiledRules.of(ruleSet);
      lastCompiled = compiled;
    }
    return compiled;
  }

  private static RuleResult ask(RiskRule rule, CheckedInput input, Planning planning) {
    RuleAnswer answer;
    try {
      answer =
          switch (rule) {
            case RiskRule.OfSignal ofSignal -> ofSignal.evaluate(input, planning);
            case RiskRule.OfOrder ofOrder -> ofOrder(ofOrder, input, planning);
          };
    } catch (UnknownValueException unknown) {
      answer = RuleAnswer.unknown(unknown.sentence());
    } catch (RuntimeException failure) {
      answer =
          RuleAnswer.unknown(
              "The rule could not be computed: " + failure.getClass().getSimpleName() + ".");
    }
    return new RuleResult(
        rule.code(), answer.verdict(), limit(rule, input), answer.actual(), answer.explanation());
  }

  private static RuleAnswer ofOrder(RiskRule.OfOrder rule, CheckedInput input, Planning planning) {
    return switch (planning) {
      case Planning.Planned planned -> rule.evaluate(input, planned.plan());
      case Planning.NothingToPlace nothing ->
          RuleAnswer.notApplicable("no order", "A cancel places no order.");
      case Planning.NotPlanned notPlanned ->
          RuleAnswer.notApplicable(
              "no order", "No order is planned: see " + notPlanned.code() + ".");
    };
  }

  private static String limit(RiskRule rule, CheckedInput input) {
    try {
      return rule.limit(input);
    } catch (RuntimeException unknown) {
      // The rule's answer says why; where it passed all the same, the limit was not needed.
      return Wording.UNKNOWN;
    }
  }
}
