package dev.signaltoorder.trading;

import dev.signaltoorder.market.PairRules;
import dev.signaltoorder.risk.AccountView;
import dev.signaltoorder.risk.Decision;
import dev.signaltoorder.risk.RiskInput;
import dev.signaltoorder.risk.RuleResult;
import dev.signaltoorder.risk.RuleSet;
import dev.signaltoorder.signal.Action;
import java.math.RoundingMode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Signals that are done as they come. Pure. */
final class NothingToDo {
  private NothingToDo() {}

  /** A CLOSE that holds nothing or a CANCEL that finds nothing needs no judgement: it is done. */
  static @Nullable Decision decision(RiskInput input, List<Order> cancelable, RuleSet rules) {
    PairRules pair = input.pair();
    if (pair == null) {
      return null;
    }
    AccountView account = input.account();
    boolean nothing =
        switch (input.signal().action()) {
          case CLOSE ->
              account.closableVolume().setScale(pair.lotDecimals(), RoundingMode.DOWN).signum()
                  <= 0;
          case CANCEL -> cancelable.isEmpty();
          default -> false;
        };
    if (!nothing) {
      return null;
    }
    boolean close = input.signal().action() == Action.CLOSE;
    RuleResult result =
        new RuleResult(
            close ? "nothing-to-close" : "nothing-to-cancel",
            RuleResult.Verdict.NOT_APPLICABLE,
            "-",
            close ? account.strategyPosition().toPlainString() : "0 open orders",
            close
                ? "The strategy holds nothing in this pair, so there is nothing to close."
                : "The strategy has no open order in this pair, so there is nothing to cancel.");
    return new Decision(false, rules.version(), null, null, List.of(result), null, null, List.of());
  }
}
