package dev.signaltoorder.trading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signaltoorder.problem.ConfigurationProblem;
import dev.signaltoorder.trading.ActConfirmation.Act;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ActConfirmationTest {
  private final List<ConfigurationProblem> problems = new ArrayList<>();

  @Test
  void readsActsAndTheirTime() {
    ActConfirmation read = read(List.of("resume", " settle "), "2h");

    assertThat(problems).isEmpty();
    assertThat(read.acts()).containsExactlyInAnyOrder(Act.RESUME, Act.SETTLE);
    assertThat(read.within()).isEqualTo(Duration.ofHours(2));
    assertThat(read(List.of(), "15m").acts()).isEmpty();
  }

  @Test
  void namesWhatCannotWaitAndTimesThatAreNone() {
    read(List.of("halt", "RESUME"), "2d");

    assertThat(problems)
        .extracting(ConfigurationProblem::name)
        .containsExactly(
            "signal-to-order.operations.second-operator",
            "signal-to-order.operations.second-operator",
            "signal-to-order.operations.confirm-within");
  }

  private ActConfirmation read(List<String> acts, String within) {
    return ActConfirmation.read(
        new TradingConfig.Operations() {
          @Override
          public Optional<List<String>> secondOperator() {
            return Optional.of(acts);
          }

          @Override
          public String confirmWithin() {
            return within;
          }
        },
        problems);
  }
}
