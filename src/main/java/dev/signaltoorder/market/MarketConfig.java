package dev.signaltoorder.market;

import io.smallrye.config.ConfigMapping;
import java.util.Optional;

/**
 * Settings of the price feed, as written by the user; {@link MarketSettings} reads them. All are
 * optional. Durations: "1s", "500ms", "10m", "24h" or ISO-8601.
 */
@ConfigMapping(prefix = "signal-to-order.market")
public interface MarketConfig {

  /** How often prices of the pairs in use are fetched. */
  Optional<String> refreshInterval();

  /** Age beyond which a snapshot is never handed out. */
  Optional<String> maxAge();

  /** Pairs that are always kept warm, by any of their names, comma separated. */
  Optional<String> pairs();

  /** How many pairs are kept warm at most, {@link #pairs} among them. */
  Optional<String> maxPairs();

  /** How long a pair stays warm after it was asked for. */
  Optional<String> keepWarm();

  /** Price levels per side that are asked for: more see deeper, and make bigger records. */
  Optional<String> depthLevels();

  /** How often the exchange's status is fetched. */
  Optional<String> systemStatusInterval();

  /** How often the pair catalogue is fetched. */
  Optional<String> pairsInterval();
}
