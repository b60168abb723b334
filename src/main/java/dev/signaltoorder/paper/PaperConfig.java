package dev.signaltoorder.paper;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Map;
import java.util.Optional;

/** The simulated exchange's configuration, as text; {@link PaperSettings} is what it means. */
@ConfigMapping(prefix = "signal-to-order.paper")
public interface PaperConfig {

  /** Port on 127.0.0.1; 0 takes a free one. */
  @WithDefault("8081")
  String port();

  /** {@code auto}, {@code walk} or {@code kraken}. */
  @WithDefault("auto")
  String prices();

  /** Seed of the random walk, a whole number. */
  @WithDefault("42")
  String seed();

  /** Where Kraken's public prices are fetched. */
  @WithDefault("https://api.kraken.com")
  String priceUrl();

  /** File that keeps the book over restarts; absent: in memory only. */
  Optional<String> stateFile();

  /** Opening balances by asset, "ZUSD" or "USD"; none given: 10 000 USD, 1 XBT and 10 ETH. */
  Map<String, String> balances();

  /** Whose call and order limits hold: {@code false}, starter, intermediate or pro. */
  @WithDefault("false")
  String enforceLimits();
}
