package dev.signaltoorder.trading;

import dev.signaltoorder.market.MarketSnapshot;
import dev.signaltoorder.market.PairRules;
import dev.signaltoorder.risk.AccountView;
import dev.signaltoorder.risk.AccountView.TradingState;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Works take-profits, and moves stops up with the price. The prices of the pairs it needs are
 * looked at every second.
 */
final class Targets {
  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

  /** Older prices trigger nothing. */
  private static final Duration YOUNG = Duration.ofSeconds(10);

  /** Stops move in steps of at least this share of their price: every step is a call. */
  private static final BigDecimal LEAST_MOVE = new BigDecimal("0.001");

  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  private final AccountState state;
  private final CorePolicy policy;
  private final ExchangeHealth health;
  private final ProtectiveOrders orders;
  private final Amending amending;
  private final Map<String, Instant> lookedAt = new HashMap<>();
  private final Map<UUID, Tried> tried = new HashMap<>();

  /**
   * Sells of an entry's take-profits that sold nothing, in a row.
   *
   * @param sold what was sold before
   */
  private record Tried(BigDecimal sold, int times, Instant nextAt) {
    static final Tried NEVER = new Tried(BigDecimal.ZERO, 0, Instant.MIN);

    Tried again(Guard.Entry entry, Instant now) {
      int before = entry.sold().compareTo(sold) > 0 ? 0 : times;
      return new Tried(entry.sold(), before + 1, now.plus(Stops.pause(before)));
    }
  }

  Targets(
      AccountState state,
      CorePolicy policy,
      ExchangeHealth health,
      ProtectiveOrders orders,
      Amending amending) {
    this.state = state;
    this.policy = policy;
    this.health = health;
    this.orders = orders;
    this.amending = amending;
  }

  void tick(Step step, Instant now) {
    if (state.protections().guards().isEmpty()) {
      tried.clear();
      lookedAt.clear();
      return;
    }
    for (Guard guard : state.protections().guards()) {
      String pair = guard.symbol();
      boolean due = !now.isBefore(lookedAt.getOrDefault(pair, Instant.MIN));
      if (due && needsPrice(guard)) {
        lookedAt.put(pair, now.plus(LOOK_EVERY));
        step.effect(new Effect.WantPrice(pair, YOUNG));
      }
    }
  }

  private boolean needsPrice(Guard guard) {
    if (state.conditions().of(guard.symbol()) != MarketCondition.NORMAL) {
      // It is looked at more often already.
      return false;
    }
    return policy.conditions().active()
        || mayBeBehind(guard)
        || (policy.protection().moves() && guard.stop() != null)
        || guard.entries().stream().anyMatch(entry -> !entry.levels().isEmpty());
  }

  /** Something was refused: the pair's rules, which come with its price, may be others. */
  private boolean mayBeBehind(Guard guard) {
    return guard.failures().refused() > 0
        || Coverage.of(state, guard.symbol(), guard.strategy()).stops().stream()
            .anyMatch(stop -> amending.failing(stop.orderId()).times() > 0);
  }

  private void learn(@Nullable PairRules rules, Step step) {
    for (Guard guard : state.protections().guards()) {
      ProtectionFact.PairChanged changed =
          rules == null || !rules.symbol().equals(guard.symbol()) ? null : guard.changed(rules);
      if (changed != null) {
        step.record(changed);
      }
    }
  }

  void priceSeen(Message.PriceSeen message, Step step, Instant now, Instant clock) {
    learn(message.market().pair(), step);
    MarketSnapshot snapshot = message.market().snapshot();
    if (snapshot == null || snapshot.takenAt().plus(YOUNG).isBefore(clock)) {
      return;
    }
    for (Guard guard : state.protections().guards()) {
      if (guard.symbol().equals(snapshot.pair())) {
        move(guard, snapshot.bid(), step);
        takeProfits(guard, snapshot, step, now, clock);
      }
    }
  }

  private void takeProfits(
      Guard guard, MarketSnapshot snapshot, Step step, Instant now, Instant clock) {
    TradingState trading = AccountViews.tradingState(state);
    boolean may = trading == TradingState.ACTIVE || trading == TradingState.ENTRIES_HALTED;
    Coverage coverage = Coverage.of(state, guard.symbol(), guard.strategy());
    boolean settled =
        coverage.stops().stream()
            .allMatch(
                stop ->
                    stop.state() instanceof OrderState.Open
                        && stop.execution().isEmpty()
                        && !state.protections().isUncertain(stop.orderId()));
    if (!may || health.isLockedOut(now) || coverage.sells().signum() > 0 || !settled) {
      // One sell at a time, and none while a stop cannot let go: the next price comes soon.
      return;
    }
    for (Guard.Entry entry : guard.entries()) {
      ProtectionFact.Level level = reached(entry, snapshot.bid());
      BigDecimal volume =
          level == null ? BigDecimal.ZERO : volume(guard, entry, level, coverage.left());
      Tried before = tried.getOrDefault(entry.orderId(), Tried.NEVER);
      if (level != null && volume.signum() > 0 && !now.isBefore(before.nextAt())) {
        tried.put(entry.orderId(), before.again(entry, now));
        step.record(
            new ProtectionFact.TargetReached(
                entry.orderId(),
                entry.signalId(),
                level,
                snapshot.bid(),
                snapshot.snapshotId(),
                snapshot.takenAt()));
        orders.takeProfit(guard, entry, volume, level.price(), step, clock);
        return;
      }
    }
  }

  /** The highest level that the price is at. */
  static ProtectionFact.@Nullable Level reached(Guard.Entry entry, BigDecimal bid) {
    ProtectionFact.Level reached = null;
    for (ProtectionFact.Level level : entry.levels()) {
      reached = bid.compareTo(level.price()) >= 0 ? level : reached;
    }
    return reached;
  }

  /**
   * What is still to be sold at a level: what all levels up to it are for, less what was sold; all
   * that is left where the rest would be too small for any order. Zero where it is too small
   * itself: then it is sold with the next level.
   */
  static BigDecimal volume(
      Guard guard, Guard.Entry entry, ProtectionFact.Level level, BigDecimal left) {
    int decimals = guard.pair().lotDecimals();
    BigDecimal most = left.setScale(decimals, RoundingMode.DOWN);
    BigDecimal volume =
        entry
            .bought()
            .multiply(level.upTo())
            .setScale(decimals, RoundingMode.DOWN)
            .subtract(entry.sold())
            .min(most);
    if (Coverage.isTooSmall(volume, guard.pair(), level.price())) {
      return BigDecimal.ZERO;
    }
    BigDecimal rest = most.subtract(volume);
    return Coverage.isTooSmall(rest, guard.pair(), guard.stop()) ? most : volume;
  }

  private void move(Guard guard, BigDecimal bid, Step step) {
    move(guard, trailing(bid), bid, "it follows the price at a distance", step);
    move(
        guard,
        breakEven(guard, bid),
        bid,
        "the position is in profit: fees included, no loss any more",
        step);
    move(guard, tightened(guard), bid, "the market is thin: stops are tightened", step);
  }

  /** In a thin market, so far below the mid that showed it: one move, however the price goes on. */
  private @Nullable BigDecimal tightened(Guard guard) {
    BigDecimal percent = policy.conditions().tightenPercent();
    ConductFact.ConditionChanged condition = state.conditions().at(guard.symbol());
    return percent == null || condition == null || condition.to() != MarketCondition.THIN
        ? null
        : below(condition.mid(), percent);
  }

  private static BigDecimal below(BigDecimal price, BigDecimal percent) {
    return price.multiply(HUNDRED.subtract(percent)).movePointLeft(2);
  }

  private @Nullable BigDecimal trailing(BigDecimal bid) {
    BigDecimal percent = policy.protection().trailPercent();
    return percent == null ? null : below(bid, percent);
  }

  private @Nullable BigDecimal breakEven(Guard guard, BigDecimal bid) {
    BigDecimal percent = policy.protection().breakEvenAfterPercent();
    Results.Lot lot = state.track().results().lot(guard.symbol(), guard.strategy());
    if (percent == null || lot == null) {
      return null;
    }
    BigDecimal price = breakEven(lot, state.fees().percentOf(guard.symbol()), guard.pair());
    BigDecimal from = price.multiply(HUNDRED.add(percent)).movePointLeft(2);
    return bid.compareTo(from) >= 0 ? price : null;
  }

  /**
   * Where selling all that is held earns what it has cost, the fees of both included; on the tick
   * above.
   *
   * @param feePercent of the sale's value; null while Kraken has not told it
   */
  static BigDecimal breakEven(Results.Lot lot, @Nullable BigDecimal feePercent, PairRules pair) {
    BigDecimal fee = feePercent == null ? AccountView.ASSUMED_FEE_PERCENT : feePercent;
    BigDecimal kept = lot.held().multiply(HUNDRED.subtract(fee)).movePointLeft(2);
    return lot.cost()
        .divide(kept.multiply(pair.tickSize()), 0, RoundingMode.UP)
        .multiply(pair.tickSize());
  }

  /** Up, below the market, and only if it is worth a call. */
  private void move(Guard guard, @Nullable BigDecimal to, BigDecimal bid, String why, Step step) {
    // Where it is by now: it may have moved a moment ago.
    Guard current = state.protections().guard(guard.symbol(), guard.strategy());
    BigDecimal from = current == null ? null : current.stop();
    if (to == null || from == null) {
      return;
    }
    BigDecimal tick = guard.pair().tickSize();
    BigDecimal onTick = to.divide(tick, 0, RoundingMode.DOWN).multiply(tick);
    boolean worth = onTick.subtract(from).compareTo(from.multiply(LEAST_MOVE)) >= 0;
    if (worth && onTick.compareTo(bid) < 0) {
      step.record(
          new ProtectionFact.StopMoved(
              guard.signalId(), guard.symbol(), guard.strategy(), onTick, why));
    }
  }
}
