package dev.signaltoorder.trading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signaltoorder.problem.ConfigurationProblem;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.math.BigDecimal;
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
    "conditions.max-spread-bps, 0, 'basis points, 1 to 5000'",
    "conditions.max-spread-bps, wide, 'basis points, 1 to 5000'",
    "conditions.min-depth.USD, 0, 'units of it, 1 to 1000000000'",
    "conditions.min-depth.usd, 10, for example USD",
    "conditions.max-move-per-minute, 51, 'per cent, 0.1 to 50'",
    "conditions.calm-for, 0s, 1000ms to 3600000ms",
    "conditions.calm-for, soon, 1000ms to 3600000ms",
    "conditions.tighten-stops-to, 0, 'per cent, 0.1 to 50'",
    "conditions.tighten-stops-to, 1, max-spread-bps or min-depth",
    "conditions.pause-entries-in-spike, maybe, true or false",
    "conditions.pause-entries-in-spike, true, max-move-per-minute",
    "conditions.spike-fresh-for, 3s, 200ms to 2000ms",
    "trading.dead-mans-switch, 14s, 15000ms to 3600000ms",
    "trading.dead-mans-switch, 61m, 15000ms to 3600000ms",
    "trading.dead-mans-switch, on, 15000ms to 3600000ms",
    "protection.if-impossible, ignore, alarm or close",
    "protection.attempts, 0, 1 to 10",
    "protection.attempts, 11, 1 to 10",
    "protection.break-even-after, 0.09, 'per cent, 0.1 to 100'",
    "protection.break-even-after, 100.01, 'per cent, 0.1 to 100'",
    "protection.break-even-after, soon, 'per cent, 0.1 to 100'",
    "protection.trail-by, 0, 'per cent, 0.1 to 50'",
    "protection.trail-by, 50.01, 'per cent, 0.1 to 50'",
    "protection.trail-by, -1, 'per cent, 0.1 to 50'",
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
  void thereIsNoDeadMansSwitchUnlessItIsConfigured() {
    assertThat(read(Map.of()).policy().deadMansSwitch()).isNull();
    assertThat(read(Map.of("trading.dead-mans-switch", "15s")).policy().deadMansSwitch())
        .isEqualTo(Duration.ofSeconds(15));
    assertThat(read(Map.of("trading.dead-mans-switch", "1h")).policy().deadMansSwitch())
        .isEqualTo(Duration.ofHours(1));
  }

  @ParameterizedTest
  @CsvSource({"40s, 40", "1h, 3600"})
  void balancesGrowTooOld(String configured, long seconds) {
    TradingSettings settings = read(Map.of("orders.balances-max-age", configured));

    assertThat(settings.problems()).isEmpty();
    assertThat(settings.policy().balances())
        .isEqualTo(BalancesPolicy.atMost(Duration.ofSeconds(seconds)));
    assertThat(read(Map.of()).policy().balances())
        .isEqualTo(BalancesPolicy.atMost(Duration.ofMinutes(2)));
  }

  @ParameterizedTest
  @CsvSource({"39999ms", "3600001ms", "soon"})
  void anAgeOfBalancesOutOfItsBoundsIsAProblem(String configured) {
    assertThat(read(Map.of("orders.balances-max-age", configured)).problems().toString())
        .contains("signal-to-order.orders.balances-max-age", "40000ms to 3600000ms");
  }

  @Test
  void protectionAlarmsAndMovesNoStopUnlessItIsConfigured() {
    assertThat(read(Map.of()).policy().protection())
        .isEqualTo(new ProtectionPolicy(false, 3, null, null));
  }

  @ParameterizedTest
  @CsvSource({"close, 1, 0.1, 0.1, true", "alarm, 10, 100, 50, false"})
  void protectionCanBeSetUpToItsBounds(
      String ifImpossible, int attempts, String breakEven, String trail, boolean closes) {
    TradingSettings settings =
        read(
            Map.of(
                "protection.if-impossible", ifImpossible,
                "protection.attempts", Integer.toString(attempts),
                "protection.break-even-after", breakEven,
                "protection.trail-by", trail));

    assertThat(settings.problems()).isEmpty();
    assertThat(settings.policy().protection())
        .isEqualTo(
            new ProtectionPolicy(
                closes, attempts, new BigDecimal(breakEven), new BigDecimal(trail)));
  }

  @Test
  void everyMarketIsNormalUnlessALimitIsConfigured() {
    assertThat(read(Map.of()).policy().conditions()).isEqualTo(ConditionPolicy.OFF);
  }

  @Test
  void limitsOfMarketConditionsCanBeSet() {
    TradingSettings settings =
        read(
            Map.of(
                "conditions.max-spread-bps", "40",
                "conditions.min-depth.USD", "25000",
                "conditions.max-move-per-minute", "1.5",
                "conditions.calm-for", "2m",
                "conditions.tighten-stops-to", "2",
                "conditions.pause-entries-in-spike", "true",
                "conditions.spike-fresh-for", "700ms"));

    assertThat(settings.problems()).isEmpty();
    assertThat(settings.policy().conditions())
        .isEqualTo(
            new ConditionPolicy(
                new BigDecimal("40"),
                Map.of("USD", new BigDecimal("25000")),
                new BigDecimal("1.5"),
                Duration.ofMinutes(2),
                new BigDecimal("2"),
                true,
                Duration.ofMillis(700)));
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
