package dev.signaltoorder.risk;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** Runs {@link RiskBenchmark}: {@code ./mvnw -Pbenchmark test}. Not part of the normal tests. */
@EnabledIfSystemProperty(named = "benchmark", matches = "true")
class RiskBenchmarkRun {

  @Test
  void allRulesOnOneSignal() throws RunnerException {
    var results =
        new Runner(
                new OptionsBuilder()
                    .include(RiskBenchmark.class.getName())
                    .addProfiler(GCProfiler.class)
                    .build())
            .run();

    assertThat(results).hasSize(2);
  }
}
