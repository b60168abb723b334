package dev.signaltoorder.paper;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The counter of each account and pair that orders and cancels cost (Spot Trading Limits). */
final class TradingCounters {

  private final Map<String, Counter> counters = new HashMap<>();
  private @Nullable TradingTier enforced;

  /** Null lets everything pass; it is counted all the same. */
  void enforce(@Nullable TradingTier tier) {
    enforced = tier;
    counters.clear();
  }

  int max() {
    return tier().tradingThreshold();
  }

  private TradingTier tier() {
    return enforced == null ? TradingTier.STARTER : enforced;
  }

  boolean isTooMany(long openOrders) {
    return enforced != null && openOrders >= enforced.openOrdersMax();
  }

  BigDecimal value(String account, String pair, Instant now) {
    return counter(account, pair, now).value(now);
  }

  private Counter counter(String account, String pair, Instant now) {
    return counters.computeIfAbsent(
        account + ' ' + pair, key -> new Counter(tier().tradingDecay(), now));
  }

  void add(String account, Pair pair, Instant now) throws Refusal {
    charge(counter(account, pair.key(), now), 1, now);
  }

  void amend(String account, PaperOrder order, Instant now) throws Refusal {
    long age = age(order, now);
    charge(
        counter(account, order.terms().pair(), now),
        1 + (age < 5 ? 3 : age < 10 ? 2 : age < 15 ? 1 : 0),
        now);
  }

  void cancel(String account, PaperOrder order, Instant now) throws Refusal {
    charge(counter(account, order.terms().pair(), now), cancelCost(age(order, now)), now);
  }

  private static long cancelCost(long ageSeconds) {
    if (ageSeconds < 5) {
      return 8;
    }
    if (ageSeconds < 10) {
      return 6;
    }
    if (ageSeconds < 15) {
      return 5;
    }
    if (ageSeconds < 45) {
      return 4;
    }
    if (ageSeconds < 90) {
      return 2;
    }
    return ageSeconds < 300 ? 1 : 0;
  }

  private static long age(PaperOrder order, Instant now) {
    return Duration.between(order.changedAt(), now).toSeconds();
  }

  /** The fixed part is charged even if the call is refused. */
  private void charge(Counter counter, long cost, Instant now) throws Refusal {
    boolean full =
        enforced != null
            && counter
                    .value(now)
                    .add(BigDecimal.valueOf(cost))
                    .compareTo(BigDecimal.valueOf(enforced.tradingThreshold()))
                > 0;
    if (full) {
      counter.add(Math.min(cost, 1), now);
      throw new Refusal("EOrder:Rate limit exceeded");
    }
    counter.add(cost, now);
  }
}
