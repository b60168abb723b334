package dev.signaltoorder.signal;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A delivery that was turned away: unknown source, bad signature, stale timestamp, too large, rate
 * limited.
 *
 * @param source the path segment as sent, cut to 64 characters; not necessarily a configured source
 * @param deliveryId the sender's delivery id cut to 128 characters, or null
 * @param remoteAddress the peer's address, or null
 * @param cause what was wrong; for the record only, the sender never learns it
 * @param receivedAt UTC, microseconds
 */
public record RefusedDelivery(
    String source,
    @Nullable String deliveryId,
    @Nullable String remoteAddress,
    Cause cause,
    Instant receivedAt) {

  /** Why a delivery was turned away. The label is also the metric's tag. */
  public enum Cause {
    UNKNOWN_SOURCE,
    MISSING_SIGNATURE,
    BAD_SIGNATURE,
    BAD_TIMESTAMP,
    STALE_TIMESTAMP,
    BAD_DELIVERY_ID,
    BAD_TOKEN,
    ADDRESS_NOT_ALLOWED,
    BAD_CLIENT_CERTIFICATE,
    TOO_LARGE,
    TOO_SLOW,
    RATE_LIMITED
  }
}
