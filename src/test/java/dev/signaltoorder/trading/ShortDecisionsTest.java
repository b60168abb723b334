package dev.signaltoorder.trading;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.signaltoorder.risk.RiskEngine;
import dev.signaltoorder.risk.RuleSet;
import dev.signaltoorder.signal.Action;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;

/** What a replay reads of a decision in short leads to what the whole of it leads to. */
class ShortDecisionsTest {
  private static final List<Action> ACTIONS = List.of(Action.values());

  private final FactCodec whole = new FactCodec();
  private final FactCodec brief = FactCodec.forJudgingAgain();
  private final ObjectMapper json = new ObjectMapper();

  @Test
  void approvalPlanReasonsAndInputAreThoseOfTheWholeDecision() {
    List<Fact> facts = live();
    int refused = 0;
    int approved = 0;
    for (int seq = 0; seq < facts.size(); seq++) {
      if (facts.get(seq) instanceof Fact.SignalDecided written) {
        Fact.SignalDecided full = (Fact.SignalDecided) reread(whole, seq, written);
        Fact.SignalDecided read = (Fact.SignalDecided) reread(brief, seq, written);
        assertThat(read.input()).isEqualTo(full.input());
        assertThat(read.outcome()).isEqualTo(full.outcome());
        assertThat(read.signalId()).isEqualTo(full.signalId());
        assertThat(read.decision().approved()).isEqualTo(full.decision().approved());
        assertThat(read.decision().plan()).isEqualTo(full.decision().plan());
        assertThat(read.decision().reasons()).isEqualTo(full.decision().reasons());
        approved += read.decision().approved() ? 1 : 0;
        refused += read.decision().approved() ? 0 : 1;
      }
    }
    assertThat(approved).isGreaterThan(10);
    assertThat(refused).isGreaterThan(10);
  }

  @Test
  void otherRulesAnswerTheSame() {
    List<Fact> facts = live();
    SortedMap<String, SortedMap<String, String>> rules = Samples.generousRules("GTC");
    Samples.set(rules, "max-order-notional", "limit", "40");
    RuleSet other = Samples.ruleSet(rules);

    ReplayResult full = replayed(facts, other, whole);
    ReplayResult read = replayed(facts, other, brief);

    assertThat(read).isEqualTo(full);
    assertThat(read.newlyRefused()).isPositive();
  }

  private ReplayResult replayed(List<Fact> facts, RuleSet rules, FactCodec codec) {
    RiskEngine engine = new RiskEngine();
    Approvals approvals = new Approvals();
    ReplayTotals totals = new ReplayTotals();
    for (int seq = 0; seq < facts.size(); seq++) {
      Fact fact = facts.get(seq);
      if (fact instanceof Fact.OrderIntended || fact instanceof Fact.SignalDecided) {
        Fact stored = reread(codec, seq, fact);
        if (stored instanceof Fact.OrderIntended intended) {
          approvals.approved(intended.orderId(), intended.intent());
        } else if (stored instanceof Fact.SignalDecided decided) {
          totals.add("main", decided, JudgedAgain.by(engine, rules, decided, approvals));
        }
      }
    }
    return totals.result();
  }

  private Fact reread(FactCodec codec, long seq, Fact fact) {
    return codec.decode(IndependentChecker.raw(whole, json, seq, fact)).orElseThrow();
  }

  /** Approved ones, refused ones for each of several reasons, some with no plan, some cancels. */
  private static List<Fact> live() {
    SortedMap<String, SortedMap<String, String>> rules = Samples.generousRules("GTC");
    Samples.set(rules, "message-throttle", "per-minute", "20");
    CoreUnderTest core = CoreUnderTest.serving(Samples.ruleSet(rules));
    Random random = new Random(7);
    for (int signal = 0; signal < 200; signal++) {
      core.stepClock(Duration.ofMillis(500 + random.nextInt(4_000)));
      Action action = ACTIONS.get(random.nextInt(ACTIONS.size()));
      boolean sized = action == Action.BUY || action == Action.SELL;
      String size = sized ? String.valueOf(2 + random.nextInt(120)) : null;
      String pair = random.nextInt(20) == 0 ? "NO/PAIR" : "BTC/USD";
      core.arrives(
          "msg-" + signal,
          "body",
          Samples.signal(action, "breakout", pair, size, core.now()),
          core.freshMarket());
    }
    return core.facts();
  }
}
