package dev.signaltoorder.risk;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * One rule with its parameters already read. Stateless, pure; may throw: the engine turns any
 * exception into a denial with that reason.
 */
sealed interface RiskRule {

  /** The stable code, one of {@link RuleCodes}. */
  String code();

  /** What is allowed for this input, with its unit. */
  String limit(CheckedInput input);

  /** A rule that looks at the signal itself, whether an order could be planned or not. */
  non-sealed interface OfSignal extends RiskRule {

    RuleAnswer evaluate(CheckedInput input, Planning planning);
  }

  /** A rule that a smaller order could satisfy. */
  interface Capping {
    /**
     * The largest volume that passes, at the plan's price; may be negative.
     *
     * @return base units; null when the rule sets no limit to this order
     */
    @Nullable BigDecimal mostVolume(CheckedInput input, OrderPlan plan);

    /** As the rule's. */
    String code();
  }

  /** A rule that can be asked without a signal: is a limit of losses crossed? */
  interface OfLosses {

    /** What it says of an order that would add to a position. */
    RuleAnswer judge(Losses losses);

    /** Whether it values what is held, so that it needs prices. */
    default boolean needsPrices() {
      return true;
    }

    /** What a denial halts; null for nothing. */
    HaltRequest.@Nullable Scope halt();

    /** As the rule's. */
    String code();
  }

  /** A rule that looks at the planned order; it is not asked when there is none. */
  non-sealed interface OfOrder extends RiskRule {

    RuleAnswer evaluate(CheckedInput input, OrderPlan plan);
  }
}
