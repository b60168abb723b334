package dev.signaltoorder.risk;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A buy needs its value plus a reserve for fees in free quote asset, a sell its volume in free base
 * asset. An unknown balance is no balance. The reserve is never less than the account's fee.
 *
 * @param reservePercent of the order's value
 */
record FreeBalanceRule(BigDecimal reservePercent) implements RiskRule.OfOrder, RiskRule.Capping {

  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  static FreeBalanceRule read(Parameters parameters) {
    return new FreeBalanceRule(parameters.decimal("reserve"));
  }

  @Override
  public String code() {
    return RuleCodes.FREE_BALANCE;
  }

  @Override
  public String limit(CheckedInput input) {
    AccountView account = input.account();
    String quote = free(account.freeQuote(), input.quote());
    return "free: " + quote + ", " + free(account.freeBase(), input.base());
  }

  @Override
  public @Nullable BigDecimal mostVolume(CheckedInput input, OrderPlan plan) {
    AccountView account = input.account();
    if (plan.side() == Side.SELL) {
      return account.freeBase();
    }
    BigDecimal free = account.freeQuote();
    BigDecimal share = share(account);
    return free == null ? null : VolumeSizing.volume(free, plan.referencePrice().multiply(share));
  }

  @Override
  public RuleAnswer evaluate(CheckedInput input, OrderPlan plan) {
    boolean buy = plan.side() == Side.BUY;
    BigDecimal free = buy ? input.account().freeQuote() : input.account().freeBase();
    BigDecimal needed = buy ? plan.notional().multiply(share(input.account())) : plan.volume();
    String actual = Wording.amount(needed, buy ? input.quote() : input.base()) + " needed";
    if (free == null) {
      return RuleAnswer.deny(actual, "The free balance is not known.");
    }
    return needed.compareTo(free) > 0
        ? RuleAnswer.deny(
            actual,
            "The free balance of "
                + Wording.amount(free, buy ? input.quote() : input.base())
                + " does not cover the order and its fees: "
                + actual
                + ".")
        : RuleAnswer.pass(actual, "The free balance covers the order and its fees.");
  }

  /** What a buy takes, as a multiple of its value. */
  private BigDecimal share(AccountView account) {
    BigDecimal fee = account.feePercent();
    BigDecimal known = fee == null ? AccountView.ASSUMED_FEE_PERCENT : fee;
    return HUNDRED.add(reservePercent.max(known)).movePointLeft(2);
  }

  private static String free(@Nullable BigDecimal balance, String unit) {
    return balance == null ? unit + " unknown" : Wording.amount(balance, unit);
  }
}
