package dev.signaltoorder.kraken;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.Random;
import java.util.UUID;

/** UUIDv7 for calls: 48 bits of milliseconds, then random bits (RFC 9562). */
final class CallIds {

  private final Clock clock;
  private final Random random = new SecureRandom();

  CallIds(Clock clock) {
    this.clock = clock;
  }

  UUID next() {
    long high = (clock.millis() << 16) | 0x7000L | (random.nextLong() & 0xfffL);
    long low = 0x8000000000000000L | (random.nextLong() >>> 2);
    return new UUID(high, low);
  }
}
