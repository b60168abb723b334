package dev.signaltoorder.kraken;

import java.time.Clock;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;

/**
 * What this process knows of Kraken's limits of one account. Outlives the account's client: a loop
 * that starts again must not believe that the counters are empty. Thread-safe.
 */
final class AccountLimits {

  private final RestTier tier;
  private final boolean startsFull;
  private final RandomGenerator random;
  private final TradingBudget trading;
  private final Lockout lockout = new Lockout();
  private final ConcurrentHashMap<String, Standstill> keys = new ConcurrentHashMap<>();

  /**
   * @param startsFull nobody knows what was called before this process began
   */
  AccountLimits(RestTier tier, boolean startsFull, Clock clock, RandomGenerator random) {
    this.tier = tier;
    this.startsFull = startsFull;
    this.random = random;
    this.trading = new TradingBudget(tier, startsFull, clock.instant());
  }

  TradingBudget trading() {
    return trading;
  }

  /** The limits of one key. Half of the call counter is taken for used where nothing is known. */
  Standstill of(ApiKey key) {
    int used = startsFull ? tier.maxCount() / 2 : 0;
    return keys.computeIfAbsent(
        key.fingerprint(), k -> new Standstill(tier, used, lockout, random));
  }
}
