package dev.signaltoorder.trading;

import dev.signaltoorder.risk.Side;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;

/**
 * The loss of a day, the distance from the highest mark, losses in a row: at average cost with
 * fees, per strategy and pair. Gains that are not realised count nowhere.
 */
@NullUnmarked // a null where none is expected fails the test, which is what it is for
final class LimitsOfLosses implements LimitsBook {
  private static final MathContext EXACT = new MathContext(60);
  private static final BigDecimal ZERO = BigDecimal.ZERO;

  private final LimitsRules rules;
  private final LimitsOrders orders;
  private final Function<String, BigDecimal> mids;
  private final Map<UUID, Execution> executions = new HashMap<>();
  private final Map<UUID, BigDecimal> results = new HashMap<>();
  private final Map<String, Lot> lots = new HashMap<>();
  private final Map<LocalDate, BigDecimal> days = new HashMap<>();
  private final Map<String, Streak> streaks = new HashMap<>();
  private final Map<String, BigDecimal> lastSeen = new HashMap<>();
  private BigDecimal realised = ZERO;
  private BigDecimal highest = ZERO;
  private @Nullable BigDecimal equity;
  private Instant now = Instant.EPOCH;

  private record Lot(String pair, BigDecimal held, BigDecimal cost) {}

  private record Streak(int losses, Instant lostAt) {}

  /**
   * @param mids the market as it is now: the prices of other pairs are no facts
   */
  LimitsOfLosses(LimitsRules rules, LimitsOrders orders, Function<String, BigDecimal> mids) {
    this.rules = rules;
    this.orders = orders;
    this.mids = mids;
  }

  @Override
  public void see(Fact fact) {
    switch (fact) {
      case Fact.SignalReceived received -> now = received.receivedAt();
      case Fact.KrakenCalled called -> now = called.finishedAt();
      case Fact.BalancesRead read -> equity = read.equity().get("ZUSD");
      case Fact.SignalDecided decided when decided.input().snapshot() != null ->
          lastSeen.put(decided.input().snapshot().pair(), decided.input().snapshot().mid());
      case ConductFact.PositionsMarked marked ->
          marked.marks().forEach(mark -> lastSeen.put(mark.pair(), mark.mid()));
      case Fact.OrderProgressed more -> executed(more.orderId(), more.execution());
      case Fact.OrderEnded ended -> {
        executed(ended.orderId(), ended.execution());
        ended(orders.intent(ended.orderId()), results.getOrDefault(ended.orderId(), ZERO));
      }
      case Fact.TradingResumed resumed -> highest = realised.add(openLoss(lastSeen::get));
      default -> {
        // Nothing is earned or lost.
      }
    }
  }

  private void executed(UUID orderId, Execution is) {
    Execution was = executions.getOrDefault(orderId, Execution.NONE);
    executions.put(orderId, is);
    BigDecimal volume = is.volume().subtract(was.volume());
    BigDecimal cost = is.cost().subtract(was.cost());
    BigDecimal fee = is.fee().subtract(was.fee());
    OrderIntent intent = orders.intent(orderId);
    String key = LimitsOrders.key(intent);
    Lot lot = lots.getOrDefault(key, new Lot(intent.plan().pair(), ZERO, ZERO));
    if (intent.plan().side() == Side.BUY) {
      BigDecimal paid = lot.cost().add(cost).add(fee);
      lots.put(key, new Lot(lot.pair(), lot.held().add(volume), paid));
    } else if (volume.signum() > 0) {
      // What is sold beyond what was bought has no known cost: only its fee counts.
      BigDecimal sold = volume.min(lot.held());
      BigDecimal proceeds = cost.multiply(sold).divide(volume, EXACT);
      BigDecimal basis =
          lot.held().signum() == 0 ? ZERO : lot.cost().multiply(sold).divide(lot.held(), EXACT);
      lots.put(key, new Lot(lot.pair(), lot.held().subtract(sold), lot.cost().subtract(basis)));
      BigDecimal result = proceeds.subtract(basis).subtract(fee);
      results.merge(orderId, result, BigDecimal::add);
      days.merge(LimitsCase.dayOf(now), result, BigDecimal::add);
      realised = realised.add(result);
      highest = highest.max(realised);
    }
  }

  /** A buy has no result. */
  private void ended(OrderIntent intent, BigDecimal result) {
    String pair = intent.plan().pair();
    if (result.signum() < 0) {
      streaks.merge(
          pair, new Streak(1, now), (before, one) -> new Streak(before.losses() + 1, now));
    } else if (result.signum() > 0) {
      streaks.remove(pair);
    }
  }

  /** Zero or less. */
  private BigDecimal openLoss(Function<String, BigDecimal> prices) {
    BigDecimal sum = ZERO;
    for (Lot lot : lots.values()) {
      if (lot.held().signum() > 0) {
        BigDecimal value = lot.held().multiply(prices.apply(lot.pair()));
        sum = sum.add(value.subtract(lot.cost()).min(ZERO));
      }
    }
    return sum;
  }

  @Override
  public void judge(LimitsCase order) {
    Function<String, BigDecimal> prices =
        pair -> pair.equals(order.pair()) ? order.market().mid() : mids.apply(pair);
    BigDecimal open = openLoss(prices);
    if (!order.exit()) {
      BigDecimal day = days.getOrDefault(order.day(), ZERO).add(open);
      lost("daily-loss", day.negate(), order);
      lost("drawdown", highest.subtract(realised.add(open)), order);
    }
    Streak streak = streaks.getOrDefault(order.pair(), new Streak(0, Instant.EPOCH));
    if (order.buys() && streak.losses() >= rules.count("loss-streak", "count")) {
      Instant restedAt = streak.lostAt().plus(rules.seconds("loss-streak", "cooldown"));
      order.never("loss-streak", "cooldown", order.now().isBefore(restedAt), streak);
    }
  }

  private void lost(String rule, BigDecimal loss, LimitsCase order) {
    BigDecimal amount = rules.own(rule, "limit", "USD");
    if (amount == null) {
      BigDecimal share = equity.multiply(rules.number(rule, "percent")).movePointLeft(2);
      order.most(rule, "percent", share, loss.max(ZERO));
    } else {
      order.most(rule, "limit", amount, loss.max(ZERO));
    }
  }
}
