package dev.signaltoorder.kraken;

import java.util.Locale;
import java.util.Optional;

/**
 * An account's verification level, which sets the size of the REST call counter (Kraken
 * documentation, "Spot REST Rate Limits"). It cannot be asked for.
 */
public enum RestTier {
  STARTER(15, 330),
  INTERMEDIATE(20, 500),
  PRO(20, 1000);

  private final int maxCount;
  private final int decayMilliPerSecond;

  RestTier(int maxCount, int decayMilliPerSecond) {
    this.maxCount = maxCount;
    this.decayMilliPerSecond = decayMilliPerSecond;
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

  int maxCount() {
    return maxCount;
  }

  int decayMilliPerSecond() {
    return decayMilliPerSecond;
  }
}
