package dev.signaltoorder.trading;

import java.time.Duration;
import java.time.Instant;

/**
 * When the balances were last read in this term, and whether an entry should wait for a newer
 * reading. A batch is what comes after a quiet time: its first entry waits, what follows is judged
 * with the same reading and the regular ones after it. Not part of the fold: whoever takes over
 * reads anew.
 */
final class BalancesAge {
  private final BalancesPolicy policy;
  private Instant clockAt = Instant.EPOCH;
  private Instant steadyAt = Instant.EPOCH;
  private Instant lastEntryAt = Instant.EPOCH;
  private Instant neededSince = Instant.EPOCH;

  BalancesAge(BalancesPolicy policy) {
    this.policy = policy;
  }

  /**
   * Kraken's figures were asked for at this moment, and are known.
   *
   * @param clock by the clock
   * @param steady in steady time
   */
  void read(Instant clock, Instant steady) {
    clockAt = clock;
    steadyAt = steady;
  }

  /** An entry has come that was not seen before. {@code steady}: now. */
  void entry(Instant steady) {
    if (!steady.isBefore(lastEntryAt.plus(policy.quiet()))) {
      neededSince = steady.minus(policy.freshFor());
    }
    lastEntryAt = steady;
  }

  /** Whether an entry should wait for a newer reading. */
  boolean isTooOldToBegin(Instant clock, Instant steady) {
    return policy.most() != null && (steadyAt.isBefore(neededSince) || isTooOld(clock, steady));
  }

  /**
   * Whether what is known counts as unknown. By the clock, which goes on while a process stands
   * still, and in steady time, which no one steps back.
   */
  boolean isTooOld(Instant clock, Instant steady) {
    Duration most = policy.most();
    return most != null
        && (clockAt.plus(most).isBefore(clock) || steadyAt.plus(most).isBefore(steady));
  }
}
