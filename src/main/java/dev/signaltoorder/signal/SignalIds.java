package dev.signaltoorder.signal;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Makes the ids of signals: UUIDv7 (RFC 9562), milliseconds first, the rest random. */
@Singleton
class SignalIds implements Supplier<UUID> {
  private final SecureRandom random = new SecureRandom();
  private final Clock clock;
  private final Consumer<UUID> made;

  @Inject
  SignalIds(Clock clock, SignalSpans spans) {
    this(clock, spans::begins);
  }

  SignalIds(Clock clock) {
    this(clock, id -> {});
  }

  private SignalIds(Clock clock, Consumer<UUID> made) {
    this.clock = clock;
    this.made = made;
  }

  @Override
  public UUID get() {
    long millis = clock.millis() & 0xffff_ffff_ffffL;
    long high = (millis << 16) | 0x7000L | (random.nextLong() & 0x0fffL);
    long low = (random.nextLong() & 0x3fff_ffff_ffff_ffffL) | 0x8000_0000_0000_0000L;
    UUID id = new UUID(high, low);
    made.accept(id);
    return id;
  }
}
