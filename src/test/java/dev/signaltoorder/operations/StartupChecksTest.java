package dev.signaltoorder.operations;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signaltoorder.problem.ConfigurationCheck;
import dev.signaltoorder.problem.ConfigurationProblem;
import dev.signaltoorder.problem.InvalidConfigurationException;
import io.quarkus.runtime.StartupEvent;
import java.util.List;
import org.junit.jupiter.api.Test;

class StartupChecksTest {
  private static final ConfigurationCheck GOOD = List::of;

  @Test
  void startsWhenNothingIsWrong() {
    assertThatCode(() -> new StartupChecks(List.of(GOOD, GOOD)).onStart(new StartupEvent()))
        .doesNotThrowAnyException();
  }

  @Test
  void listsTheProblemsOfAllChecks() {
    ConfigurationCheck one =
        () ->
            List.of(
                new ConfigurationProblem("a.b", "is not set", "a number"),
                new ConfigurationProblem("a.c", "is negative", "0 or more"));
    ConfigurationCheck other =
        () -> List.of(new ConfigurationProblem("x", "is unknown", "paper, live"));

    assertThatThrownBy(
            () -> new StartupChecks(List.of(one, GOOD, other)).onStart(new StartupEvent()))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContainingAll(
            "configuration: a.b: is not set; allowed: a number",
            "configuration: a.c: is negative; allowed: 0 or more",
            "configuration: x: is unknown; allowed: paper, live");
  }
}
