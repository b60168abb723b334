package dev.signaltoorder.market;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signaltoorder.problem.ConfigurationProblem;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MarketSettingsTest {

  @Test
  void everythingHasADefault() {
    MarketConfig config = config(Map.of());

    MarketSettings.Read read = MarketSettings.read(config);

    assertThat(read.problems()).isEmpty();
    assertThat(read.settings())
        .isEqualTo(
            new MarketSettings(
                Duration.ofSeconds(1),
                Duration.ofSeconds(10),
                List.of(),
                10,
                Duration.ofMinutes(10),
                100,
                Duration.ofSeconds(3),
                Duration.ofHours(24)));
  }

  @Test
  void everythingCanBeSet() {
    MarketConfig config =
        config(
            Map.of(
                "refresh-interval", "2s",
                "max-age", "PT20S",
                "pairs", "BTC/USD, XBTUSD,SOL/USD",
                "max-pairs", "5",
                "keep-warm", "1h",
                "depth-levels", "500",
                "system-status-interval", "5",
                "pairs-interval", "12h"));

    MarketSettings.Read read = MarketSettings.read(config);

    assertThat(read.problems()).isEmpty();
    assertThat(read.settings())
        .isEqualTo(
            new MarketSettings(
                Duration.ofSeconds(2),
                Duration.ofSeconds(20),
                List.of("BTC/USD", "XBTUSD", "SOL/USD"),
                5,
                Duration.ofHours(1),
                500,
                Duration.ofSeconds(5),
                Duration.ofHours(12)));
  }

  @Test
  void everyWrongValueIsNamedAndNoneThrows() {
    MarketConfig config =
        config(
            Map.of(
                "refresh-interval", "100ms",
                "max-age", "soon",
                "pairs", "BTC/USD,,SOL/USD",
                "max-pairs", "0",
                "keep-warm", "-5m",
                "depth-levels", "501",
                "system-status-interval", "2m",
                "pairs-interval", "1e9"));

    List<ConfigurationProblem> problems = new MarketConfigurationCheck(config).problems();

    assertThat(problems)
        .extracting(ConfigurationProblem::name)
        .containsExactlyInAnyOrder(
            "signal-to-order.market.refresh-interval",
            "signal-to-order.market.max-age",
            "signal-to-order.market.pairs",
            "signal-to-order.market.max-pairs",
            "signal-to-order.market.keep-warm",
            "signal-to-order.market.depth-levels",
            "signal-to-order.market.system-status-interval",
            "signal-to-order.market.pairs-interval");
    assertThat(problems)
        .extracting(ConfigurationProblem::line)
        .contains(
            "signal-to-order.market.depth-levels: \"501\" is out of range;"
                + " allowed: a whole number from 1 to 500");
  }

  @Test
  void valuesThatContradictEachOtherAreNamed() {
    MarketConfig config =
        config(
            Map.of(
                "refresh-interval", "20s",
                "max-age", "5s",
                "system-status-interval", "10s",
                "pairs", "BTC/USD,SOL/USD",
                "max-pairs", "1"));

    assertThat(MarketSettings.read(config).problems())
        .extracting(ConfigurationProblem::name)
        .containsExactly(
            "signal-to-order.market.max-age",
            "signal-to-order.market.system-status-interval",
            "signal-to-order.market.pairs");
  }

  @Test
  void anEmptyValueCountsAsAbsent() {
    MarketConfig config = config(Map.of("max-age", "", "pairs", ""));

    assertThat(MarketSettings.read(config).problems()).isEmpty();
  }

  private static MarketConfig config(Map<String, String> values) {
    var named = new HashMap<String, String>();
    values.forEach((name, value) -> named.put("signal-to-order.market." + name, value));
    return new SmallRyeConfigBuilder()
        .withMapping(MarketConfig.class)
        .withSources(new PropertiesConfigSource(named, "test", 100))
        .build()
        .getConfigMapping(MarketConfig.class);
  }
}
