package dev.signaltoorder.paper;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The REST counter of each key, and the lockout of one that calls wrongly again and again. */
final class CallCounters {

  /** Kraken says "many" and "about 15 minutes". */
  static final int BAD_CALLS_MAX = 20;

  static final Duration LOCKOUT = Duration.ofMinutes(15);
  private static final BigDecimal BAD_CALLS_FORGIVEN_PER_SECOND = new BigDecimal("0.1");

  private final Map<String, Counter> calls = new HashMap<>();
  private final Map<String, Counter> badCalls = new HashMap<>();
  private final Map<String, Instant> lockedUntil = new HashMap<>();
  private @Nullable TradingTier enforced;

  /** Null lets everything pass. */
  void enforce(@Nullable TradingTier tier) {
    enforced = tier;
    calls.clear();
    badCalls.clear();
    lockedUntil.clear();
  }

  void refuseLocked(String key, Instant now) throws Refusal {
    Instant until = lockedUntil.get(key);
    if (enforced != null && until != null && now.isBefore(until)) {
      throw new Refusal("EGeneral:Temporary lockout");
    }
  }

  /** A wrong signature or nonce; attempts while locked out prolong it. */
  void bad(String key, Instant now) {
    Counter counter =
        badCalls.computeIfAbsent(key, k -> new Counter(BAD_CALLS_FORGIVEN_PER_SECOND, now));
    counter.add(1, now);
    if (counter.value(now).compareTo(BigDecimal.valueOf(BAD_CALLS_MAX)) > 0) {
      lockedUntil.put(key, now.plus(LOCKOUT));
    }
  }

  void charge(String key, PrivateEndpoint endpoint, Instant now) throws Refusal {
    TradingTier tier = enforced;
    long cost = endpoint.cost();
    if (tier == null || cost == 0) {
      return;
    }
    Counter counter = calls.computeIfAbsent(key, k -> new Counter(tier.callDecay(), now));
    BigDecimal after = counter.value(now).add(BigDecimal.valueOf(cost));
    if (after.compareTo(BigDecimal.valueOf(tier.callThreshold())) > 0) {
      throw new Refusal("EAPI:Rate limit exceeded");
    }
    counter.add(cost, now);
  }
}
