package dev.signaltoorder.operations;

import dev.signaltoorder.kraken.FeedStatus;
import dev.signaltoorder.kraken.KrakenFeeds;
import dev.signaltoorder.trading.Accounts;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** The websocket feeds as meters, tagged with the feed: "public", or the account's name. */
@Singleton
class FeedMetrics {
  private static final List<String> PUBLIC = List.of("status", "instrument", "ticker", "book");
  private static final List<String> PRIVATE = List.of("executions");

  private final KrakenFeeds feeds;
  private final MeterRegistry registry;

  FeedMetrics(KrakenFeeds feeds, MeterRegistry registry) {
    this.feeds = feeds;
    this.registry = registry;
  }

  void start(@Observes StartupEvent event, Accounts accounts) {
    List<String> names = new ArrayList<>(accounts.names());
    names.add("public");
    for (String name : names) {
      count("kraken.feed.connects", name, FeedStatus::connects);
      count("kraken.feed.checksum.failures", name, FeedStatus::checksumFailures);
      count("kraken.feed.gaps", name, FeedStatus::gaps);
      count("kraken.feed.unreadable", name, FeedStatus::unreadable);
      Gauge.builder("kraken.feed.alive", () -> value(name, feed -> feed.alive() ? 1 : 0, 0))
          .tag("feed", name)
          .register(registry);
      for (String channel : name.equals("public") ? PUBLIC : PRIVATE) {
        Gauge.builder("kraken.feed.age", () -> value(name, feed -> age(feed, channel), Double.NaN))
            .tag("feed", name)
            .tag("channel", channel)
            .baseUnit("seconds")
            .register(registry);
      }
    }
  }

  private void count(String meter, String name, ToDoubleFunction<FeedStatus> what) {
    FunctionCounter.builder(meter, feeds, unused -> value(name, what, 0))
        .tag("feed", name)
        .register(registry);
  }

  private double value(String name, ToDoubleFunction<FeedStatus> what, double otherwise) {
    return feeds.status().stream()
        .filter(feed -> feed.name().equals(name))
        .mapToDouble(what)
        .findFirst()
        .orElse(otherwise);
  }

  private static double age(FeedStatus feed, String channel) {
    Long millis = feed.messageAgesMs().get(channel);
    return millis == null ? Double.NaN : millis / 1000.0;
  }
}
