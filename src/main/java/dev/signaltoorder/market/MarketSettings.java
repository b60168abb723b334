package dev.signaltoorder.market;

import dev.signaltoorder.problem.ConfigurationProblem;
import java.time.Duration;
import java.util.List;

/**
 * The price feed's settings, read and checked.
 *
 * @param refreshInterval between two Ticker calls for the pairs in use
 * @param maxAge beyond which a snapshot, or a system status, is of no use
 * @param pairs names of the pairs that are always kept warm
 * @param maxPairs most pairs kept warm
 * @param keepWarm how long after it was asked for
 * @param depthLevels price levels per side
 * @param systemStatusInterval between two SystemStatus calls
 * @param pairsInterval between two AssetPairs calls
 */
public record MarketSettings(
    Duration refreshInterval,
    Duration maxAge,
    List<String> pairs,
    int maxPairs,
    Duration keepWarm,
    int depthLevels,
    Duration systemStatusInterval,
    Duration pairsInterval) {

  public MarketSettings {
    pairs = List.copyOf(pairs);
  }

  /**
   * Settings and what is wrong with them. Where something is, the default stands in, so that the
   * other checks can run; the start is stopped all the same.
   */
  record Read(MarketSettings settings, List<ConfigurationProblem> problems) {}

  static Read read(MarketConfig config) {
    var values = new SettingValues("signal-to-order.market.");
    Duration second = Duration.ofSeconds(1);
    Duration minute = Duration.ofMinutes(1);
    List<String> pairs = values.names("pairs", config.pairs());
    var settings =
        new MarketSettings(
            values.duration("refresh-interval", config.refreshInterval(), second, second, minute),
            values.duration("max-age", config.maxAge(), Duration.ofSeconds(10), second, minute),
            pairs,
            values.number("max-pairs", config.maxPairs(), 10, 1, 50),
            values.duration(
                "keep-warm",
                config.keepWarm(),
                Duration.ofMinutes(10),
                Duration.ofSeconds(10),
                Duration.ofDays(1)),
            // Kraken's Depth takes 1 to 500.
            values.number("depth-levels", config.depthLevels(), 100, 1, 500),
            values.duration(
                "system-status-interval",
                config.systemStatusInterval(),
                Duration.ofSeconds(3),
                second,
                minute),
            // Kraken changes tick sizes and minimums without notice: never older than two days.
            values.duration(
                "pairs-interval",
                config.pairsInterval(),
                Duration.ofHours(24),
                minute,
                Duration.ofHours(48)));
    settings.checkTogether(values);
    return new Read(settings, values.problems());
  }

  private void checkTogether(SettingValues values) {
    if (maxAge.compareTo(refreshInterval) < 0) {
      values.problem("max-age", "is below refresh-interval", "at least refresh-interval");
    }
    if (maxAge.compareTo(systemStatusInterval) < 0) {
      values.problem("system-status-interval", "is above max-age", "at most max-age");
    }
    if (pairs.size() > maxPairs) {
      values.problem("pairs", "has more names than max-pairs", "at most max-pairs names");
    }
  }
}
