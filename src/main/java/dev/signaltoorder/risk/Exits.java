package dev.signaltoorder.risk;

/** What limits entries must not bar the way out. */
final class Exits {

  /** Why a throttle does not hold it back. */
  static final String AT_ANY_PACE = "whatever the pace, and counts for the orders after it";

  private Exits() {}

  /**
   * The answer of a rule that does not hold back an order that {@link CheckedInput#onlyShrinks}.
   *
   * @param actual as for any order, so that a reader sees what it would have been
   * @param because what the exit may do all the same, ending the sentence
   */
  static RuleAnswer pass(CheckedInput input, OrderPlan plan, String actual, String because) {
    return RuleAnswer.notApplicable(
        actual,
        "An exit: it sells "
            + Wording.amount(plan.volume(), input.base())
            + " of the "
            + Wording.amount(input.account().closableVolume(), input.base())
            + " that the strategy can still sell, "
            + because
            + ".");
  }
}
