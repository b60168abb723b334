package dev.signaltoorder.signal;

import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.UUID;
import java.util.function.Supplier;

/** Makes the ids of signals: UUIDv7 (RFC 9562), milliseconds first, the rest random. */
@Singleton
class SignalIds implements Supplier<UUID> {
  private final SecureRandom random = new SecureRandom();
  private final Clock clock;

  SignalIds(Clock clock) {
    this.clock = clock;
  }

  @Override
  public UUID get() {
    long millis = clock.millis() & 0xffff_ffff_ffffL;
    long high = (millis << 16) | 0x7000L | (random.nextLong() & 0x0fffL);
    long low = (random.nextLong() & 0x3fff_ffff_ffff_ffffL) | 0x8000_0000_0000_0000L;
    return new UUID(high, low);
  }
}
