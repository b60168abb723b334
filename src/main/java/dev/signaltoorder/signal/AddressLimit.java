package dev.signaltoorder.signal;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Limits what one address may ask for before anything about it is known. An IPv6 sender counts by
 * its /64: that many addresses come with one line.
 */
@Singleton
class AddressLimit {
  private static final int ADDRESSES_MAX = 10_000;
  private static final int IPV6_LINE_BITS = 64;

  private final RateLimits limits;
  private final RateLimits records;
  private final int perMinute;

  /** What an address gets. */
  sealed interface Admission {
    record Admitted() implements Admission {}

    /**
     * Not now.
     *
     * @param retryAfterSeconds at least 1
     * @param recorded whether this refusal goes on record. One a minute and address does: a flood
     *     must not become a flood of records.
     */
    record Limited(long retryAfterSeconds, boolean recorded) implements Admission {}
  }

  AddressLimit(IntakeConfig config, Clock clock) {
    this.limits = new RateLimits(clock, ADDRESSES_MAX);
    this.records = new RateLimits(clock, ADDRESSES_MAX);
    this.perMinute = SourceReader.readRate(config.addressRateLimit()).orElse(1);
  }

  Admission admit(@Nullable String address) {
    String key = keyOf(address);
    long wait = limits.secondsToWait(key, perMinute);
    return wait == 0
        ? new Admission.Admitted()
        : new Admission.Limited(wait, records.secondsToWait(key, 1) == 0);
  }

  private static String keyOf(@Nullable String address) {
    byte[] bytes = address == null ? null : AddressList.bytesOf(address);
    if (bytes == null) {
      return "unknown";
    }
    return HexFormat.of()
        .formatHex(AddressList.masked(bytes, bytes.length == 4 ? 32 : IPV6_LINE_BITS));
  }
}
