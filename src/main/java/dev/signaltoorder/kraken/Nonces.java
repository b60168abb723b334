package dev.signaltoorder.kraken;

import java.time.Clock;
import java.time.Instant;

/**
 * Nonces of one key: nanoseconds since 1970, strictly rising over clock steps and restarts. Kraken
 * remembers a key's highest nonce for ever and one scale must be kept (Kraken documentation, "Spot
 * REST Authentication"), so a mark above every nonce used is stored before its first use. Used by
 * one thread.
 */
final class Nonces {

  /** One minute's worth: at most one store access a minute while the clock runs normally. */
  static final long BLOCK = 60_000_000_000L;

  private final NonceStore store;
  private final String keyFingerprint;
  private final Clock clock;
  private long last;
  private long reservedUpTo;
  private int jumps;

  Nonces(NonceStore store, String keyFingerprint, Clock clock) {
    this.store = store;
    this.keyFingerprint = keyFingerprint;
    this.clock = clock;
  }

  /**
   * The next nonce, greater than all before.
   *
   * @throws RuntimeException when no block could be reserved; no nonce was used then
   */
  long next() {
    long candidate = Math.max(Math.addExact(last, 1), nanos(clock.instant()));
    if (candidate > reservedUpTo) {
      long first = store.reserve(keyFingerprint, candidate, BLOCK);
      if (first < candidate) {
        throw new IllegalStateException("the nonce store went back");
      }
      reservedUpTo = Math.addExact(first, BLOCK - 1);
      candidate = first;
    }
    last = candidate;
    return candidate;
  }

  /**
   * Kraken has seen a higher nonce of this key: goes ahead by a minute, then ten, then an hour at a
   * time, so that a program that used the key with a clock ahead of ours is overtaken in few calls.
   */
  void jumpAhead() {
    jumps++;
    long minutes = jumps == 1 ? 1 : jumps == 2 ? 10 : 60;
    last = Math.addExact(Math.max(last, nanos(clock.instant())), minutes * BLOCK);
  }

  /** Kraken took a nonce. */
  void accepted() {
    jumps = 0;
  }

  private static long nanos(Instant now) {
    return Math.addExact(Math.multiplyExact(now.getEpochSecond(), 1_000_000_000L), now.getNano());
  }
}
