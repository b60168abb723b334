package dev.signaltoorder.risk;

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

  /** A rule that looks at the planned order; it is not asked when there is none. */
  non-sealed interface OfOrder extends RiskRule {

    RuleAnswer evaluate(CheckedInput input, OrderPlan plan);
  }
}
