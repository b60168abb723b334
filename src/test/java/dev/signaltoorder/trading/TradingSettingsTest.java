package dev.signaltoorder.trading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signaltoorder.problem.ConfigurationProblem;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TradingSettingsTest {

  @Test
  void signalsAreRefusedWhileKrakenIsAwayUnlessParkingIsConfigured() {
    TradingSettings settings = read(Map.of());

    assertThat(settings.problems()).isEmpty();
    assertThat(settings.policy().parking()).isEqualTo(Parking.NONE);
  }

  @Test
  void parkingHasDefaults() {
    TradingSettings settings = read(Map.of("trading.when-exchange-unavailable", " park "));

    assertThat(settings.policy().parking()).isEqualTo(new Parking(100, Duration.ofSeconds(60)));
  }

  @Test
  void parkingCanBeSet() {
    TradingSettings settings =
        read(
            Map.of(
                "trading.when-exchange-unavailable", "park",
                "trading.park-for", "1h",
                "trading.park-at-most", "500"));

    assertThat(settings.problems()).isEmpty();
    assertThat(settings.policy().parking()).isEqualTo(new Parking(500, Duration.ofHours(1)));
  }

  @ParameterizedTest
  @CsvSource({
    "trading.when-exchange-unavailable, wait, refuse or park",
    "trading.park-for, 999ms, 1000ms to 3600000ms",
    "trading.park-for, 61m, 1000ms to 3600000ms",
    "trading.park-for, soon, 1000ms to 3600000ms",
    "trading.park-at-most, 0, 1 to 500",
    "trading.park-at-most, 501, 1 to 500",
    "orders.deadline, 2s, 3000ms to 20000ms",
    "orders.look-up-every, 1s, 5000ms to 60000ms",
    "orders.silence-final-after, 4s, 5000ms to 600000ms",
    "orders.send-within, 9s, 500ms to 8000ms",
    "lease, 1s, 2000ms to 60000ms",
    "mode, real, 'paper, validate or live'"
  })
  void aWrongValueIsNamedWithWhatIsAllowed(String name, String value, String allowed) {
    TradingSettings settings = read(Map.of(name, value));

    assertThat(settings.problems())
        .extracting(ConfigurationProblem::name)
        .contains("signal-to-order." + name);
    assertThat(settings.problems().toString()).contains(allowed);
  }

  @Test
  void allProblemsAreListed() {
    TradingSettings settings =
        read(
            Map.of(
                "trading.when-exchange-unavailable", "wait",
                "trading.park-for", "0",
                "trading.park-at-most", "0"));

    assertThat(settings.problems()).hasSize(3);
  }

  private static TradingSettings read(Map<String, String> values) {
    Map<String, String> named = new HashMap<>();
    values.forEach((name, value) -> named.put("signal-to-order." + name, value));
    return TradingSettings.read(
        new SmallRyeConfigBuilder()
            .withMapping(TradingConfig.class)
            .withValidateUnknown(false)
            .withSources(new PropertiesConfigSource(named, "test", 100))
            .build()
            .getConfigMapping(TradingConfig.class));
  }
}
