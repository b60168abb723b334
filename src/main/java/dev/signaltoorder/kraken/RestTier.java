package dev.signaltoorder.kraken;

import java.util.Locale;
import java.util.Optional;

/**
 * An account's verification level, which sets the size of its call counters (Kraken documentation,
 * "Spot REST Rate Limits" and "Spot Trading Limits"). It cannot be asked for.
 */
public enum RestTier {
  STARTER(15, 330, 60, 1000),
  INTERMEDIATE(20, 500, 125, 2340),
  PRO(20, 1000, 180, 3750);

  private final int maxCount;
  private final int decayMilliPerSecond;
  private final int tradingMax;
  private final int tradingDecayMilliPerSecond;

  RestTier(int maxCount, int decayMilliPerSecond, int tradingMax, int tradingDecayMilliPerSecond) {
    this.maxCount = maxCount;
    this.decayMilliPerSecond = decayMilliPerSecond;
    this.tradingMax = tradingMax;
    this.tradingDecayMilliPerSecond = tradingDecayMilliPerSecond;
  }

  /** By its configuration name, "starter", "intermediate" or "pro"; empty for another text. */
  public static Optional<RestTier> of(String name) {
    for (RestTier tier : values()) {
      if (tier.name().toLowerCase(Locale.ROOT).equals(name.strip().toLowerCase(Locale.ROOT))) {
        return Optional.of(tier);
      }
    }
    return Optional.empty();
  }

  /** The REST call counter's size, per key. */
  int maxCount() {
    return maxCount;
  }

  int decayMilliPerSecond() {
    return decayMilliPerSecond;
  }

  /** The trading counter's size, per pair of the account. */
  int tradingMax() {
    return tradingMax;
  }

  int tradingDecayMilliPerSecond() {
    return tradingDecayMilliPerSecond;
  }
}
