package dev.signaltoorder.market;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.Random;
import java.util.UUID;
import java.util.function.Supplier;

/** UUIDv7 (RFC 9562): 48 bits of milliseconds, then random. */
final class SnapshotIds implements Supplier<UUID> {

  private static final long VERSION_7 = 0x7000L;
  private static final long VARIANT = 0x8000_0000_0000_0000L;

  private final Clock clock;
  // Of the instance, not of the class: a native image would bake the seed in.
  private final Random random = new SecureRandom();

  SnapshotIds(Clock clock) {
    this.clock = clock;
  }

  @Override
  public UUID get() {
    long high = clock.millis() << 16 | VERSION_7 | random.nextLong() >>> 52;
    long low = VARIANT | random.nextLong() >>> 2;
    return new UUID(high, low);
  }
}
