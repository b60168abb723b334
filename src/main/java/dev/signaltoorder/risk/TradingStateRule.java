package dev.signaltoorder.risk;

import dev.signaltoorder.signal.Action;
import java.math.BigDecimal;

/**
 * Halted means halted: no orders. While entries are halted, sells pass that are covered by what the
 * signal's strategy holds. Cancels always pass, except for an account that is not armed: its key
 * may not be the right one.
 */
record TradingStateRule() implements RiskRule.OfSignal {

  @Override
  public String code() {
    return RuleCodes.TRADING_STATE;
  }

  @Override
  public String limit(CheckedInput input) {
    return switch (input.uncheckedAccount().tradingState()) {
      case ACTIVE, NOT_ARMED -> "ACTIVE";
      case ENTRIES_HALTED -> "ACTIVE, or a sell that shrinks the position, or a cancel";
      case HALTED -> "ACTIVE, or a cancel";
    };
  }

  @Override
  public RuleAnswer evaluate(CheckedInput input, Planning planning) {
    AccountView account = input.uncheckedAccount();
    String state = account.tradingState().name();
    boolean cancel = input.action() == Action.CANCEL;
    return switch (account.tradingState()) {
      case ACTIVE -> RuleAnswer.pass(state, "Trading is active.");
      case HALTED ->
          cancel
              ? RuleAnswer.pass(state, "A cancel may pass while trading is halted.")
              : RuleAnswer.deny(state, "Trading is halted" + because(account));
      case NOT_ARMED -> RuleAnswer.deny(state, "The account is not armed" + because(account));
      case ENTRIES_HALTED ->
          cancel
              ? RuleAnswer.pass(state, "A cancel may pass while entries are halted.")
              : whileEntriesAreHalted(input, planning, state);
    };
  }

  private static RuleAnswer whileEntriesAreHalted(
      CheckedInput input, Planning planning, String state) {
    OrderPlan plan = planning.planOrNull();
    if (input.action() == Action.BUY || input.action() == Action.SHORT) {
      return RuleAnswer.deny(state, "Entries are halted" + because(input.uncheckedAccount()));
    }
    if (plan == null) {
      return RuleAnswer.notApplicable(state, "There is no sell order to judge.");
    }
    BigDecimal closable = input.account().closableVolume();
    String actual =
        state
            + ", sell of "
            + Wording.number(input.askedVolume(plan))
            + " with "
            + Wording.amount(closable, input.base())
            + " held";
    return input.onlyShrinks(plan)
        ? RuleAnswer.pass(actual, "Entries are halted, and this sell only shrinks the position.")
        : RuleAnswer.deny(
            actual, "Entries are halted, and the strategy holds less than this sell.");
  }

  private static String because(AccountView account) {
    String reason = account.tradingStateReason();
    return reason == null ? "." : ": " + Wording.shortened(reason) + ".";
  }
}
