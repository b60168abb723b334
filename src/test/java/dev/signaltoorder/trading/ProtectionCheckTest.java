package dev.signaltoorder.trading;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.signaltoorder.kraken.AddOrderVerdict;
import dev.signaltoorder.risk.Decision;
import dev.signaltoorder.risk.RiskEngine;
import dev.signaltoorder.risk.RuleSet;
import dev.signaltoorder.signal.Action;
import dev.signaltoorder.signal.Signal;
import dev.signaltoorder.signal.TakeProfit;
import java.math.BigDecimal;
import java.util.List;
import java.util.SortedMap;
import java.util.UUID;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * An entry that could not be protected is refused, and nothing else is lost by that. BTC is at 49
 * 990 / 50 010.
 */
@NullUnmarked // a null where none is expected fails the test, which is what it is for
class ProtectionCheckTest {
  private static final String ABOVE = "50100.0";

  private static SortedMap<String, SortedMap<String, String>> rules() {
    return Samples.generousRules("IOC");
  }

  private static CoreUnderTest core(String code, String name, String value) {
    SortedMap<String, SortedMap<String, String>> rules = rules();
    Samples.set(rules, code, name, value);
    return CoreUnderTest.serving(Samples.ruleSet(rules));
  }

  private static Signal buy(CoreUnderTest core, @Nullable String stop, String... targets) {
    List<TakeProfit> levels =
        java.util.Arrays.stream(targets)
            .map(target -> new TakeProfit(new BigDecimal(target), null))
            .toList();
    return Samples.protectedBy(
        core.signal(Action.BUY), stop == null ? null : new BigDecimal(stop), levels);
  }

  private static void arrives(CoreUnderTest core, Signal signal) {
    core.arrives("msg-" + core.id(), "body", signal, core.freshMarket());
  }

  private static List<String> reasons(CoreUnderTest core) {
    return core.facts(Fact.SignalDecided.class).getLast().decision().reasons();
  }

  @Test
  void aHaltThatARuleAsksForComesThoughTheEntryCouldNotBeProtectedEither() {
    CoreUnderTest core = core("unknown-orders", "count", "0");
    core.inDoubt();

    arrives(core, buy(core, ABOVE));

    assertThat(reasons(core)).contains("unknown-orders", "protective-stop");
    assertThat(core.state().halt().actor()).isEqualTo("rule unknown-orders");
    assertThat(core.effects(Effect.CloseGate.class)).hasSize(1);
  }

  @Test
  void anErrorRateHaltsThoughTheEntryCouldNotBeProtectedEither() {
    CoreUnderTest core = core("error-rate", "limit", "10");
    for (int i = 0; i < 3; i++) {
      core.addOrder(core.intended(), new AddOrderVerdict.NotPlaced("EOrder:No", true));
    }

    arrives(core, buy(core, ABOVE));

    assertThat(core.state().halt().actor()).isEqualTo("rule error-rate");
  }

  @Test
  void anAlarmThatARuleAsksForComesThoughTheEntryCouldNotBeProtectedEither() {
    CoreUnderTest core = core("sequence", "gap", "alarm");
    arrives(core, Samples.numbered(buy(core, "49000.0"), 5));
    core.forgetEffects();

    arrives(core, Samples.numbered(buy(core, ABOVE), 7));

    assertThat(reasons(core)).containsExactly("protective-stop");
    assertThat(core.last(Effect.Alarm.class).text())
        .isEqualTo("sequence: Signals are missing: 7 came after 5.");
  }

  @Test
  void theSameRulesOverWhatCouldNotBeProtectedMakeNoDifference() {
    CoreUnderTest core = CoreUnderTest.serving(Samples.ruleSet(rules()));
    arrives(core, buy(core, "49000.0"));
    arrives(core, buy(core, ABOVE));
    arrives(core, buy(core, "0.1"));
    arrives(core, buy(core, "49000.0", "49500"));
    arrives(core, buy(core, ABOVE, "49500"));
    arrives(core, buy(core, null, "49500"));

    ReplayResult result = replayed(core, Samples.ruleSet(rules()));

    assertThat(result.judged()).isEqualTo(6);
    assertThat(result.approvedBefore()).isEqualTo(1);
    assertThat(result.approvedAfter()).isEqualTo(1);
    assertThat(result.differences()).isEmpty();
    assertThat(result.atRiskAfter()).isEqualTo(result.atRiskBefore());
    assertThat(result.notionalAfter()).isEqualTo(result.notionalBefore());
  }

  @Test
  void aSellThatWasNotToRestComesOutTheSame() {
    SortedMap<String, SortedMap<String, String>> rules = Samples.generousRules("GTC");
    Samples.set(rules, "order-defaults", "post-only", "on");
    CoreUnderTest core = CoreUnderTest.serving(Samples.ruleSet(rules));
    arrives(core, buy(core, "49000.0"));
    UUID entry = core.lastIntent().orderId();
    core.addOrder(entry, new AddOrderVerdict.Placed("OENTRY"));
    core.followed(Samples.info("OENTRY", entry.toString(), "closed", "0.0009998", "50010.0"));
    core.arrives(Action.CLOSE);
    assertThat(reasons(core)).containsExactly("protective-stop");

    ReplayResult result = replayed(core, Samples.ruleSet(rules));

    assertThat(result.differences()).isEmpty();
    assertThat(result.approvedAfter()).isEqualTo(1);
  }

  @Test
  void anEntryThatOtherRulesMakeTooSmallForItsStopIsRefusedByThem() {
    CoreUnderTest core = CoreUnderTest.serving(Samples.ruleSet(rules()));
    arrives(core, buy(core, "5000.0"));
    assertThat(core.lastOutcome()).isEqualTo("PENDING");
    SortedMap<String, SortedMap<String, String>> other = rules();
    Samples.set(other, "size-scaling", "cap-to-limits", "on");
    Samples.set(other, "max-order-notional", "limit", "3");

    ReplayResult result = replayed(core, Samples.ruleSet(other));

    assertThat(result.newlyRefused()).isEqualTo(1);
    assertThat(result.refusedBy()).containsKey("protective-stop");
  }

  /** From the facts as they are stored; each decision is compared as a whole for the same rules. */
  private static ReplayResult replayed(CoreUnderTest core, RuleSet rules) {
    FactCodec codec = new FactCodec();
    ObjectMapper json = new ObjectMapper();
    RiskEngine engine = new RiskEngine();
    Approvals approvals = new Approvals();
    ReplayTotals totals = new ReplayTotals();
    long seq = 0;
    for (Fact fact : core.facts()) {
      Fact stored = IndependentChecker.reread(codec, json, seq++, fact);
      if (stored instanceof Fact.OrderIntended intended && intended.intent().protective() == null) {
        approvals.approved(intended.orderId(), intended.intent());
      } else if (stored instanceof Fact.SignalDecided decided) {
        Decision again = JudgedAgain.by(engine, rules, decided, approvals);
        if (rules.equals(core.state().ruleBook().active())) {
          assertThat(again).isEqualTo(decided.decision());
        }
        totals.add("main", decided, again);
      }
    }
    return totals.result();
  }
}
