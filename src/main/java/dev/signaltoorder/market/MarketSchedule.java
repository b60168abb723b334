package dev.signaltoorder.market;

import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * The heartbeat of {@link MarketData}: a beat a second for each duty, which itself knows when it is
 * due. Apart from each other, so that a slow catalogue does not hold up prices; a beat that finds
 * the one before still at work is left out.
 */
@ApplicationScoped
class MarketSchedule {

  // The scheduler's own resolution; intervals of the configuration are whole multiples in effect.
  private static final String EVERY_BEAT = "1s";

  private final MarketData market;

  MarketSchedule(MarketData market) {
    this.market = market;
  }

  @Scheduled(
      identity = "market-prices",
      every = EVERY_BEAT,
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void prices() {
    market.refreshPairsInUse();
  }

  @Scheduled(
      identity = "market-system-status",
      every = EVERY_BEAT,
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void systemStatus() {
    market.refreshSystemStatus();
  }

  @Scheduled(
      identity = "market-pairs",
      every = EVERY_BEAT,
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void pairs() {
    market.refreshPairs();
  }
}
