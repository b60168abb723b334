package dev.signaltoorder.trading;

import dev.signaltoorder.market.PairRules;
import dev.signaltoorder.risk.AccountView;
import dev.signaltoorder.risk.Decision;
import dev.signaltoorder.risk.RiskInput;
import dev.signaltoorder.risk.RuleResult;
import dev.signaltoorder.risk.RuleSet;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Signals for which the rules need not be asked, because there is nothing to place. Pure. */
final class NothingToDo {
  private NothingToDo() {}

  /**
   * A CLOSE that holds nothing or a CANCEL that finds nothing needs no judgement: it is done. A
   * CLOSE of a position that is all out in other sells is refused: those may fill nothing, and then
   * the exit that was asked for has not happened.
   *
   * @return null when the rules are to judge; else denied by a reason, or done if there is none
   */
  static @Nullable Decision decision(RiskInput input, List<Order> cancelable, RuleSet rules) {
    PairRules pair = input.pair();
    if (pair == null) {
      return null;
    }
    RuleResult result =
        switch (input.signal().action()) {
          case CLOSE -> ofClose(input.account(), pair);
          case CANCEL ->
              cancelable.isEmpty()
                  ? done(
                      "nothing-to-cancel",
                      "0 open orders",
                      "The strategy has no open order in this pair, so there is nothing to cancel.")
                  : null;
          default -> null;
        };
    return result == null
        ? null
        : new Decision(false, rules.version(), null, null, List.of(result), null, null, List.of());
  }

  private static @Nullable RuleResult ofClose(AccountView account, PairRules pair) {
    if (isNone(account.strategyPosition(), pair)) {
      return done(
          "nothing-to-close",
          account.strategyPosition().toPlainString(),
          "The strategy holds nothing in this pair, so there is nothing to close.");
    }
    return isNone(account.closableVolume(), pair) ? reserved(account, pair) : null;
  }

  private static boolean isNone(BigDecimal volume, PairRules pair) {
    return volume.setScale(pair.lotDecimals(), RoundingMode.DOWN).signum() <= 0;
  }

  private static RuleResult done(String code, String actual, String explanation) {
    return new RuleResult(code, RuleResult.Verdict.NOT_APPLICABLE, "-", actual, explanation);
  }

  private static RuleResult reserved(AccountView account, PairRules pair) {
    String base = pair.symbol().replaceFirst("/.*", "");
    String position = plain(account.strategyPosition()) + " " + base;
    return new RuleResult(
        "close-reserved",
        RuleResult.Verdict.DENY,
        "a part of the position that is not out",
        "a position of "
            + position
            + ", sells of "
            + plain(account.strategyOpenSells())
            + " "
            + base,
        "All of the position, "
            + position
            + ", is already out in other sells of the strategy;"
            + " send CLOSE again if they do not fill.");
  }

  private static String plain(BigDecimal number) {
    return number.stripTrailingZeros().toPlainString();
  }
}
