package dev.signaltoorder.risk;

import dev.signaltoorder.risk.AccountHistory.OpenOrder;
import dev.signaltoorder.risk.AccountHistory.PricePoint;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** All rules on one signal; how to run it is in docs/performance.md. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class RiskBenchmark {
  private final RiskEngine engine = new RiskEngine();
  private final RuleSet rules = new RuleSet(7, RiskScenario.NOW, "operator", "test", rules());
  private final RiskInput approved = busyDay(RiskScenario.buy()).input();
  private final RiskInput refused = busyDay(RiskScenario.buy().base("1")).input();

  /** A buy that every rule lets pass. */
  @Benchmark
  public Decision approvedSignal() {
    return engine.decide(approved, rules);
  }

  /** A buy that is far too large. */
  @Benchmark
  public Decision refusedSignal() {
    return engine.decide(refused, rules);
  }

  private static java.util.SortedMap<String, java.util.SortedMap<String, String>> rules() {
    var rules = ShippedRuleSets.pro();
    rules
        .computeIfAbsent(RuleCodes.SIZE_SCALING, code -> new java.util.TreeMap<>())
        .put("by-confidence", "on");
    return rules;
  }

  /** Two hundred approvals today, twenty earlier prices, ten open orders. */
  private static RiskScenario busyDay(RiskScenario scenario) {
    for (int i = 200; i > 0; i--) {
      scenario.approved(Duration.ofSeconds(100L * i), "s" + i % 4, "ETH/USD", Side.BUY, "1.5");
    }
    for (int i = 20; i > 0; i--) {
      scenario.prices.add(
          new PricePoint(RiskScenario.NOW.minusSeconds(60L * i), new BigDecimal("49950.5")));
    }
    scenario.openInPair = List.of(new OpenOrder(Side.SELL, new BigDecimal("60000")));
    scenario.openOrders = 10;
    scenario.openNotional = new BigDecimal("1234.56");
    scenario.dailyNotional = new BigDecimal("45678.90");
    scenario.dayResult = new BigDecimal("-12.34");
    scenario.drawdown = new BigDecimal("12.34");
    scenario.confidence = new BigDecimal("0.82");
    return scenario;
  }
}
