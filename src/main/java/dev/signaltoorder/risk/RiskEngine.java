package dev.signaltoorder.risk;

import dev.signaltoorder.market.MarketSnapshot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
    CheckedInput sized = checked.sizedAs(planning.sizingOrNull());
    List<RuleResult> results = new ArrayList<>(compiled.rules().size());
    boolean denied = false;
    HaltRequest halt = null;
    List<String> alarms = new ArrayList<>(0);
    for (RiskRule rule : compiled.rules()) {
      RuleAnswer answer = ask(rule, sized, planning);
      denied |= answer.verdict() == RuleResult.Verdict.DENY;
      halt = wider(halt, rule, answer);
      if (answer.alarm()) {
        alarms.add(rule.code() + ": " + answer.explanation());
      }
      results.add(
          new RuleResult(
              rule.code(),
              answer.verdict(),
              limit(rule, sized),
              answer.actual(),
              answer.explanation()));
    }
    boolean possible =
        switch (planning) {
          case Planning.Planned planned -> planned.plan().volume().signum() > 0;
          case Planning.NothingToPlace nothing -> true;
          case Planning.NotPlanned notPlanned -> false;
        };
    boolean approved = possible && !denied;
    return new Decision(
        approved,
        ruleSet.version(),
        planning.planOrNull(),
        planning.sizingOrNull(),
        results,
        approved && planning.planOrNull() != null ? compiled.sendBefore(checked) : null,
        halt,
        alarms);
  }

  /**
   * The halts that the rules about losses ask for without a signal, as they would with one, in the
   * catalogue's order. What is not known asks for none. Never throws.
   */
  public List<HaltRequest> haltsFor(Losses losses, RuleSet ruleSet) {
    List<HaltRequest> halts = new ArrayList<>(0);
    for (RiskRule.OfLosses rule : ofLosses(ruleSet)) {
      RuleAnswer answer = ask(rule, losses);
      HaltRequest.Scope scope = answer.halt();
      if (scope != null) {
        halts.add(new HaltRequest(scope, rule.code(), answer.explanation()));
      }
    }
    return halts;
  }

  /**
   * Whether these rules can limit what positions lose: then prices of what is held are needed at
   * any moment.
   */
  public boolean limitsLosses(RuleSet ruleSet) {
    return ofLosses(ruleSet).stream().anyMatch(RiskRule.OfLosses::needsPrices);
  }

  private List<RiskRule.OfLosses> ofLosses(RuleSet ruleSet) {
    return compiled(ruleSet).rules().stream()
        .filter(RiskRule.OfLosses.class::isInstance)
        .map(RiskRule.OfLosses.class::cast)
        .toList();
  }

  private static RuleAnswer ask(RiskRule.OfLosses rule, Losses losses) {
    try {
      return rule.judge(losses);
    } catch (RuntimeException unknown) {
      return RuleAnswer.unknown("Not known.");
    }
  }

  /** How old a price may be to decide with; null where the rule set does not say. Never throws. */
  public static @Nullable Duration oldestPrice(RuleSet ruleSet) {
    Map<String, String> texts = ruleSet.rules().get(RuleCodes.STALE_PRICE);
    try {
      return texts == null ? null : StalePriceRule.read(new Parameters(texts)).maxAge();
    } catch (RuntimeException unreadable) {
      return null;
    }
  }

  /** Whether a price of this market may be computed with; its age is not looked at. */
  public static boolean isUsable(MarketSnapshot snapshot) {
    return Plausibility.problemOf(snapshot, null) == null;
  }

  /** The wider of two halts; of two as wide the one that was asked for first. */
  private static @Nullable HaltRequest wider(
      @Nullable HaltRequest before, RiskRule rule, RuleAnswer answer) {
    HaltRequest.Scope scope = answer.halt();
    if (scope == null || (before != null && before.scope().compareTo(scope) >= 0)) {
      return before;
    }
    return new HaltRequest(scope, rule.code(), answer.explanation());
  }

  private CompiledRules compiled(RuleSet ruleSet) {
    CompiledRules compiled = lastCompiled;
    if (compiled == null || !compiled.isOf(ruleSet)) {
      compiled = CompiledRules.of(ruleSet);
      lastCompiled = compiled;
    }
    return compiled;
  }

  private static RuleAnswer ask(RiskRule rule, CheckedInput input, Planning planning) {
    try {
      return switch (rule) {
        case RiskRule.OfSignal ofSignal -> ofSignal.evaluate(input, planning);
        case RiskRule.OfOrder ofOrder -> ofOrder(ofOrder, input, planning);
      };
    } catch (UnknownValueException unknown) {
      return RuleAnswer.unknown(unknown.sentence());
    } catch (RuntimeException failure) {
      return RuleAnswer.unknown(
          "The rule could not be computed: " + failure.getClass().getSimpleName() + ".");
    }
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
