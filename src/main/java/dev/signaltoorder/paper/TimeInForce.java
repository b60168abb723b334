package dev.signaltoorder.paper;

import org.jspecify.annotations.Nullable;

/** How long an order stays. */
public enum TimeInForce {
  GTC,
  IOC,
  GTD,
  FOK;

  static @Nullable TimeInForce named(String wireName) {
    for (TimeInForce known : values()) {
      if (known.name().equals(wireName)) {
        return known;
      }
    }
    return null;
  }
}
