package dev.signaltoorder.kraken;

import io.github.bucket4j.Bucket;
import java.time.Duration;

/**
 * How often this process opens websocket connections, all feeds together. Kraken bars an address
 * for ten minutes after about 150 connections within ten (Kraken's websocket introduction); other
 * programs may share ours.
 */
final class ConnectLimit {

  private static final int MOST = 40;

  private final Bucket bucket =
      Bucket.builder()
          .addLimit(limit -> limit.capacity(MOST).refillGreedy(MOST, Duration.ofMinutes(10)))
          .build();

  /** How long to wait before one more connection may be opened; zero takes it. */
  Duration take() {
    return Duration.ofNanos(bucket.tryConsumeAndReturnRemaining(1).getNanosToWaitForRefill());
  }
}
