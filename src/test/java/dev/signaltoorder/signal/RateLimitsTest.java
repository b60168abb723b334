package dev.signaltoorder.signal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RateLimitsTest {
  private final MovableClock clock = new MovableClock(Instant.parse("2026-11-22T10:00:00Z"));

  @Test
  void letsTheConfiguredNumberThroughAndTellsHowLongToWait() {
    RateLimits limits = new RateLimits(clock, 10);
    for (int i = 0; i < 3; i++) {
      assertThat(limits.secondsToWait("a", 3)).isZero();
    }

    assertThat(limits.secondsToWait("a", 3)).isEqualTo(20);
    assertThat(limits.secondsToWait("b", 3)).isZero();

    clock.advance(Duration.ofMillis(19_999));
    assertThat(limits.secondsToWait("a", 3)).isEqualTo(1);

    clock.advance(Duration.ofMillis(1));
    assertThat(limits.secondsToWait("a", 3)).isZero();
  }

  @Test
  void remembersNoMoreKeysThanItMayAndForgetsTheOldest() {
    RateLimits limits = new RateLimits(clock, 100);
    limits.secondsToWait("first", 1);
    for (int i = 0; i < 1_000; i++) {
      limits.secondsToWait("key" + i, 1);
    }

    assertThat(limits.size()).isEqualTo(100);
    assertThat(limits.secondsToWait("key999", 1)).isPositive();
    assertThat(limits.secondsToWait("first", 1)).isZero();
  }

  @Test
  void countsAnIpv6LineAsOneAddressAndPutsOneRefusalAMinuteOnRecord() {
    AddressLimit limit = new AddressLimit(() -> "2", clock);
    limit.admit("2001:db8:1:2::1");
    limit.admit("2001:db8:1:2:ffff::2");

    assertThat(limit.admit("2001:db8:1:2::3"))
        .isEqualTo(new AddressLimit.Admission.Limited(30, true));
    assertThat(limit.admit("2001:db8:1:2::4"))
        .isEqualTo(new AddressLimit.Admission.Limited(30, false));
    assertThat(limit.admit("2001:db8:1:3::1")).isEqualTo(new AddressLimit.Admission.Admitted());
    assertThat(limit.admit("192.0.2.1")).isEqualTo(new AddressLimit.Admission.Admitted());
    assertThat(limit.admit(null)).isEqualTo(new AddressLimit.Admission.Admitted());
  }
}
