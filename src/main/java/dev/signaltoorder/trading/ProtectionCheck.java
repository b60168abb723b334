package dev.signaltoorder.trading;

import dev.signaltoorder.market.PairRules;
import dev.signaltoorder.risk.Decision;
import dev.signaltoorder.risk.OrderPlan;
import dev.signaltoorder.risk.RiskInput;
import dev.signaltoorder.risk.RuleResult;
import dev.signaltoorder.risk.Side;
import dev.signaltoorder.signal.Signal;
import dev.signaltoorder.signal.TakeProfit;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What an entry's own words ask of its protection, and whether Kraken could do that. An entry that
 * could not be protected as it says is refused. Pure.
 */
final class ProtectionCheck {
  private static final String STOP = "protective-stop";

  private ProtectionCheck() {}

  /** The decision of the rules, denied as well if the entry could not be protected. */
  static Decision judged(AccountState state, Decision decision, RiskInput input) {
    OrderPlan plan = decision.plan();
    boolean guarded =
        plan != null && state.protections().guard(plan.pair(), input.signal().strategy()) != null;
    return judged(decision, input, guarded);
  }

  /**
   * The same of a decision that is made again. What an entry asks for follows from the decision's
   * own record; whether a sell's position was protected is taken from the answer of {@code then}.
   */
  static Decision judgedAgain(Decision again, RiskInput input, Decision then) {
    return judged(again, input, then.reasons().contains(STOP));
  }

  private static Decision judged(Decision decision, RiskInput input, boolean guarded) {
    OrderPlan plan = decision.plan();
    PairRules pair = input.pair();
    if (plan == null || pair == null) {
      return decision;
    }
    RuleResult denial =
        plan.side() == Side.BUY ? ofEntry(input.signal(), plan, pair) : ofExit(guarded, plan);
    return denial == null ? decision : decision.deniedAlso(denial);
  }

  private static @Nullable RuleResult ofExit(boolean guarded, OrderPlan plan) {
    return !guarded || !plan.postOnly()
        ? null
        : denied(
            STOP,
            "no post-only sells of a protected position",
            "post-only",
            "While a sell rests, its coins cannot be protected by the stop-loss.");
  }

  private static @Nullable RuleResult ofEntry(Signal signal, OrderPlan plan, PairRules pair) {
    BigDecimal stop = stop(signal, pair);
    String at = stop == null ? "no stop-loss" : priceOf(stop, pair);
    if (stop != null && stop.compareTo(plan.referencePrice()) >= 0) {
      return denied(
          STOP,
          "below " + priceOf(plan.referencePrice(), pair),
          at,
          "The stop-loss is not below the price: it would sell at once.");
    }
    if (stop != null && Coverage.isTooSmall(plan.volume(), pair, stop)) {
      return denied(
          STOP,
          "at least " + volumeOf(pair.orderMin(), pair) + " worth " + priceOf(pair.costMin(), pair),
          volumeOf(plan.volume(), pair) + " at " + at,
          "Kraken takes no stop-loss order of this size, so the entry could not be protected.");
    }
    for (TakeProfit target : signal.takeProfits()) {
      if (target.price().compareTo(plan.referencePrice()) <= 0) {
        return denied(
            "take-profit",
            "above " + priceOf(plan.referencePrice(), pair),
            priceOf(target.price(), pair),
            "A take-profit is not above the price: it would sell at once.");
      }
    }
    return null;
  }

  /** "49000 USD". */
  private static String priceOf(BigDecimal price, PairRules pair) {
    String symbol = pair.symbol();
    return plain(price) + " " + symbol.substring(symbol.indexOf('/') + 1);
  }

  /** "0.001 BTC". */
  private static String volumeOf(BigDecimal volume, PairRules pair) {
    String symbol = pair.symbol();
    return plain(volume) + " " + symbol.substring(0, Math.max(0, symbol.indexOf('/')));
  }

  private static String plain(BigDecimal number) {
    return number.stripTrailingZeros().toPlainString();
  }

  private static RuleResult denied(String code, String limit, String actual, String explanation) {
    return new RuleResult(code, RuleResult.Verdict.DENY, limit, actual, explanation);
  }

  /** On the tick, never looser than what was asked for. */
  private static @Nullable BigDecimal stop(Signal signal, PairRules pair) {
    BigDecimal stop = signal.stopLoss();
    return stop == null ? null : onTick(stop, pair);
  }

  private static BigDecimal onTick(BigDecimal price, PairRules pair) {
    return price
        .divide(pair.tickSize(), 0, RoundingMode.UP)
        .multiply(pair.tickSize())
        .setScale(pair.priceDecimals(), RoundingMode.UP);
  }

  /** What an entry asks for; null when it asks for nothing. */
  static ProtectionFact.@Nullable Wanted wanted(UUID orderId, UUID signalId, RiskInput input) {
    Signal signal = input.signal();
    PairRules pair = input.pair();
    if (pair == null || (signal.stopLoss() == null && signal.takeProfits().isEmpty())) {
      return null;
    }
    return new ProtectionFact.Wanted(
        orderId, signalId, signal.strategy(), pair, stop(signal, pair), levels(signal, pair));
  }

  /** Lowest first; targets without a share divide evenly what the others leave. */
  private static List<ProtectionFact.Level> levels(Signal signal, PairRules pair) {
    List<TakeProfit> targets = new ArrayList<>(signal.takeProfits());
    targets.sort(Comparator.comparing(TakeProfit::price));
    BigDecimal named = BigDecimal.ZERO;
    int unnamed = 0;
    for (TakeProfit target : targets) {
      named = target.share() == null ? named : named.add(target.share());
      unnamed += target.share() == null ? 1 : 0;
    }
    BigDecimal left = BigDecimal.ONE.subtract(named).max(BigDecimal.ZERO);
    BigDecimal upTo = BigDecimal.ZERO;
    int seen = 0;
    List<ProtectionFact.Level> levels = new ArrayList<>();
    for (TakeProfit target : targets) {
      BigDecimal share = target.share();
      if (share == null) {
        seen++;
        share = left.divide(BigDecimal.valueOf(unnamed), MathContext.DECIMAL64);
      }
      // The last of those without a share takes what rounding left.
      boolean all = unnamed > 0 && seen == unnamed && levels.size() == targets.size() - 1;
      upTo = all ? BigDecimal.ONE : upTo.add(share).min(BigDecimal.ONE);
      levels.add(new ProtectionFact.Level(onTick(target.price(), pair), upTo));
    }
    return levels;
  }
}
