package dev.signaltoorder.paper;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Where prices come from. */
public enum PriceMode {
  /** Kraken's public prices while they can be had, otherwise the random walk. */
  AUTO,
  /** The random walk only. */
  WALK,
  /** Kraken's public prices only: without them there is no market. */
  KRAKEN;

  /** By its configuration name; null if there is none such. */
  static @Nullable PriceMode named(String name) {
    for (PriceMode mode : values()) {
      if (mode.name().toLowerCase(Locale.ROOT).equals(name)) {
        return mode;
      }
    }
    return null;
  }
}
