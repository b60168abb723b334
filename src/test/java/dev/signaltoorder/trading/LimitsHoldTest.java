package dev.signaltoorder.trading;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.signaltoorder.risk.Decision;
import dev.signaltoorder.risk.RiskEngine;
import dev.signaltoorder.risk.RuleSet;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Ten thousand signals, fills, refusals, doubts and halts in a random order through the account
 * core, under four rule sets; a ledger of its own, made of the facts alone, checks every order that
 * was judged against the limits. A failure prints its seed: set it with -Dlimits.seed=...
 */
class LimitsHoldTest {
  private static final int ROUNDS = 10_000;

  static List<LimitsRegime> regimes() {
    return List.of(
        LimitsRegime.pace(), LimitsRegime.exposure(), LimitsRegime.capped(), LimitsRegime.losses());
  }

  @ParameterizedTest
  @MethodSource("regimes")
  void allLimitsHoldUnderAnyInterleavingAndEveryDecisionCanBeMadeAgain(LimitsRegime regime) {
    long seed = Long.getLong("limits.seed", System.nanoTime());
    System.out.println("limits.seed=" + seed);
    Random random = new Random(seed);
    RuleSet rules = regime.ruleSet();
    CoreUnderTest core = CoreUnderTest.serving(rules);
    LimitsMarket market = new LimitsMarket(random, regime.mix().walk());
    LimitsDriver driver = new LimitsDriver(core, random, regime, market);
    LimitsLedger ledger =
        new LimitsLedger(new LimitsRules(regime.rules()), regime.funds(), market::mid);

    driver.begin();
    int seen = 0;
    for (int round = 0; round < ROUNDS; round++) {
      driver.step();
      List<Fact> news = core.facts().subList(seen, core.facts().size());
      ledger.see(news, regime + ", seed " + seed + ", round " + round);
      seen += news.size();
    }

    System.out.printf(
        "%s: %d approved, %d exits, %d refused, %d appeared, %d capped%n  halts: %s%n  denied: %s%n  limits: %s%n",
        regime,
        ledger.approved(),
        ledger.exits(),
        ledger.refused(),
        ledger.appeared(),
        ledger.capped(),
        ledger.halts(),
        ledger.reasons(),
        ledger.hits());
    assertItHasShownSomething(regime, ledger, "seed " + seed);
    assertEveryDecisionComesOutAgain(core, rules, seed);
  }

  private static void assertItHasShownSomething(
      LimitsRegime regime, LimitsLedger ledger, String seed) {
    assertThat(ledger.approved()).as("approved, %s", seed).isGreaterThan(200);
    assertThat(ledger.exits()).as("exits, %s", seed).isGreaterThan(5);
    boolean caps =
        new LimitsRules(regime.rules()).word("size-scaling", "cap-to-limits").equals("on");
    assertThat(ledger.capped())
        .as("made smaller, %s", seed)
        .isBetween(caps ? 50 : 0, caps ? ROUNDS : 0);
    assertThat(ledger.refused()).as("refused, %s", seed).isGreaterThan(500);
    assertThat(ledger.halts()).as("halts, %s", seed).containsKeys(names(regime.halts()));
    assertThat(ledger.hits()).as("limits, %s", seed).containsKeys(names(regime.limits()));
    TreeSet<String> rules = new TreeSet<>();
    regime.limits().forEach(limit -> rules.add(limit.substring(0, limit.indexOf(' '))));
    assertThat(ledger.reasons().keySet()).as("denied by, %s", seed).containsAll(rules);
  }

  private static String[] names(List<String> names) {
    return names.toArray(String[]::new);
  }

  /** From the facts as JSON, with the approvals that are facts of their own. */
  private static void assertEveryDecisionComesOutAgain(
      CoreUnderTest core, RuleSet rules, long seed) {
    FactCodec codec = new FactCodec();
    ObjectMapper json = new ObjectMapper();
    RiskEngine engine = new RiskEngine();
    Approvals approvals = new Approvals();
    int made = 0;
    long seq = 0;
    for (Fact fact : core.facts()) {
      Fact stored = IndependentChecker.reread(codec, json, seq++, fact);
      if (stored instanceof Fact.OrderIntended intended) {
        approvals.approved(intended.orderId(), intended.intent());
      } else if (stored instanceof Fact.SignalDecided decided
          && decided.decision().results().size() > 1) {
        Decision again = JudgedAgain.by(engine, rules, decided, approvals);
        assertThat(again).as("seed %d, fact %d", seed, seq).isEqualTo(decided.decision());
        made++;
      }
    }
    assertThat(made).isGreaterThan(1000);
  }
}
