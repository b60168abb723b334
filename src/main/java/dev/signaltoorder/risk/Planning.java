package dev.signaltoorder.risk;

import org.jspecify.annotations.Nullable;

/** What came of planning an order from a signal. */
sealed interface Planning {

  /** The order, or null when there is none. */
  default @Nullable OrderPlan planOrNull() {
    return null;
  }

  /** How its volume came about, or null when it did not get that far. */
  default @Nullable Sizing sizingOrNull() {
    return null;
  }

  /** An order that the rules may look at. */
  record Planned(OrderPlan plan, Sizing sizing) implements Planning {

    @Override
    public OrderPlan planOrNull() {
      return plan;
    }

    @Override
    public Sizing sizingOrNull() {
      return sizing;
    }
  }

  /**
   * No order could be planned; the signal is denied.
   *
   * @param code the rule that denies for it, so that a reader finds one reason and not twenty
   * @param reason one sentence
   */
  record NotPlanned(String code, String reason, @Nullable Sizing sizing) implements Planning {

    @Override
    public @Nullable Sizing sizingOrNull() {
      return sizing;
    }
  }

  /** A CANCEL: it places nothing. */
  record NothingToPlace() implements Planning {}
}
