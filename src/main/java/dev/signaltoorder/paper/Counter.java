package dev.signaltoorder.paper;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;

/** A counter that loses a fixed amount in a second and never falls below zero. */
final class Counter {

  private final BigDecimal decayPerSecond;
  private BigDecimal value = BigDecimal.ZERO;
  private Instant at;

  Counter(BigDecimal decayPerSecond, Instant now) {
    this.decayPerSecond = decayPerSecond;
    this.at = now;
  }

  BigDecimal value(Instant now) {
    if (now.isAfter(at)) {
      BigDecimal seconds = BigDecimal.valueOf(Duration.between(at, now).toMillis(), 3);
      value = value.subtract(seconds.multiply(decayPerSecond)).max(BigDecimal.ZERO);
      at = now;
    }
    return value;
  }

  void add(long cost, Instant now) {
    value = value(now).add(BigDecimal.valueOf(cost));
  }
}
