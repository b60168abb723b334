package dev.signaltoorder.access;

import com.github.benmanes.caffeine.cache.Ticker;
import io.github.bucket4j.TimeMeter;

/** A cache's clock, for a bucket. */
record TickerMeter(Ticker ticker) implements TimeMeter {
  @Override
  public long currentTimeNanos() {
    return ticker.read();
  }

  @Override
  public boolean isWallClockBased() {
    return false;
  }
}
