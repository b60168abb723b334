package dev.signaltoorder.paper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signaltoorder.problem.ConfigurationProblem;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.math.BigDecimal;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PaperConfigurationCheckTest {

  private static PaperConfigurationCheck check(Map<String, String> values) {
    PaperConfig config =
        new SmallRyeConfigBuilder()
            .withMapping(PaperConfig.class)
            .withDefaultValues(values)
            .build()
            .getConfigMapping(PaperConfig.class);
    return new PaperConfigurationCheck(config);
  }

  @Test
  void nothingConfiguredMeansTheDefaults() {
    PaperSettings settings = check(Map.of()).settings();

    assertThat(settings.port()).isEqualTo(8081);
    assertThat(settings.prices()).isEqualTo(PriceMode.AUTO);
    assertThat(settings.seed()).isEqualTo(42);
    assertThat(settings.stateFile()).isNull();
    assertThat(settings.balances()).containsEntry("ZUSD", new BigDecimal("10000"));
  }

  @Test
  void balancesAreNamedByIdOrAltnameInAnyCase() {
    PaperSettings settings =
        check(
                Map.of(
                    "signal-to-order.paper.balances.usd", "250.5",
                    "signal-to-order.paper.balances.XXBT", "0"))
            .settings();

    assertThat(settings.balances())
        .isEqualTo(Map.of("ZUSD", new BigDecimal("250.5"), "XXBT", BigDecimal.ZERO));
  }

  @Test
  void everyProblemIsListedAtOnce() {
    PaperConfigurationCheck check =
        check(
            Map.of(
                "signal-to-order.paper.port", "65536",
                "signal-to-order.paper.prices", "real",
                "signal-to-order.paper.seed", "x",
                "signal-to-order.paper.price-url", "http://api.kraken.com",
                "signal-to-order.paper.state-file", "/nowhere/at/all/state.json",
                "signal-to-order.paper.enforce-limits", "yes",
                "signal-to-order.paper.balances.USD", "-1",
                "signal-to-order.paper.balances.LUNA", "5"));

    assertThat(check.problems())
        .extracting(ConfigurationProblem::name)
        .containsExactlyInAnyOrder(
            "signal-to-order.paper.port",
            "signal-to-order.paper.prices",
            "signal-to-order.paper.seed",
            "signal-to-order.paper.price-url",
            "signal-to-order.paper.state-file",
            "signal-to-order.paper.enforce-limits",
            "signal-to-order.paper.balances.USD",
            "signal-to-order.paper.balances.LUNA");
  }
}
