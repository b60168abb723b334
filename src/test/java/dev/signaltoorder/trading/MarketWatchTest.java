package dev.signaltoorder.trading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signaltoorder.kraken.AddOrderVerdict;
import dev.signaltoorder.risk.RiskEngine;
import dev.signaltoorder.risk.RuleResult;
import dev.signaltoorder.signal.Action;
import dev.signaltoorder.signal.Signal;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What the account core does when a market is thin or spikes. BTC is at 49 990 / 50 010. */
class MarketWatchTest {
  private static final Duration CALM = Duration.ofSeconds(30);

  private static CoreUnderTest core(boolean pause) {
    ConditionPolicy conditions =
        new ConditionPolicy(
            null,
            Map.of("USD", new BigDecimal("1000")),
            new BigDecimal("2"),
            CALM,
            BigDecimal.ONE,
            pause,
            Duration.ofMillis(500));
    return CoreUnderTest.serving(
        Samples.ruleSet(Samples.generousRules("IOC")), CorePolicy.standard().with(conditions));
  }

  private static MarketView price(CoreUnderTest core, String bid) {
    return Samples.market(Samples.BTC, core.now(), core.id(), "online", new BigDecimal(bid));
  }

  private static MarketView thin(CoreUnderTest core, String bid) {
    return Samples.thin(price(core, bid), new BigDecimal("400"));
  }

  private static void sees(CoreUnderTest core, MarketView view) {
    core.step(new Message.PriceSeen("BTC/USD", view));
  }

  private static UUID guarded(CoreUnderTest core, String stop) {
    Signal signal = Samples.protectedBy(core.signal(Action.BUY), new BigDecimal(stop), List.of());
    core.arrives("msg-" + core.id(), "body", signal, core.freshMarket());
    UUID entry = core.lastIntent().orderId();
    core.addOrder(entry, new AddOrderVerdict.Placed("OENTRY"));
    core.followed(Samples.info("OENTRY", entry.toString(), "closed", "0.0009998", "50010.0"));
    UUID stopOrder = core.lastIntent().orderId();
    core.addOrder(stopOrder, new AddOrderVerdict.Placed("OSTOP"));
    return stopOrder;
  }

  private static List<ConductFact.ConditionChanged> changes(CoreUnderTest core) {
    return core.facts(ConductFact.ConditionChanged.class);
  }

  private static Fact.SignalDecided lastDecision(CoreUnderTest core) {
    return core.facts(Fact.SignalDecided.class).getLast();
  }

  private static RuleResult answer(CoreUnderTest core, String code) {
    return lastDecision(core).decision().results().stream()
        .filter(result -> result.code().equals(code))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void anEntryIsRefusedInAThinMarketWithBothNumbersAndItsOwnPriceIsEnoughToShowIt() {
    CoreUnderTest core = core(false);

    core.arrives("msg", "body", core.signal(Action.BUY), thin(core, "49990.0"));

    assertThat(core.lastOutcome()).isEqualTo("REJECTED");
    RuleResult denial = answer(core, "market-thin");
    assertThat(denial.limit()).isEqualTo("depth 1000");
    assertThat(denial.actual()).isEqualTo("depth 400");
    assertThat(denial.explanation()).contains("thin", "400", "1000");
    assertThat(core.effects(Effect.SendOrder.class)).isEmpty();
    assertThat(changes(core)).hasSize(1);
    assertThat(core.last(Effect.Notice.class).text()).contains("BTC/USD is THIN");
  }

  @Test
  void theDenialComesAgainWhenTheDecisionIsReplayed() {
    CoreUnderTest core = core(false);
    core.arrives("msg", "body", core.signal(Action.BUY), thin(core, "49990.0"));

    assertThat(
            JudgedAgain.by(
                new RiskEngine(),
                Samples.ruleSet(Samples.generousRules("IOC")),
                lastDecision(core),
                new Approvals()))
        .isEqualTo(lastDecision(core).decision());
  }

  @Test
  void exitsPassInAThinMarketAndInASpike() {
    for (boolean isThin : List.of(true, false)) {
      CoreUnderTest core = core(true);
      core.holding();
      sees(core, core.freshMarket());
      MarketView now = isThin ? thin(core, "49990.0") : price(core, "52000.0");
      core.arrives("msg", "body", core.signal(Action.CLOSE), now);

      assertThat(core.state().conditions().isEmpty()).isFalse();
      assertThat(core.lastOutcome()).isEqualTo("PENDING");
      assertThat(core.last(Effect.SendOrder.class).request().side()).isEqualTo("sell");
    }
  }

  @Test
  void afterTheCalmTimeEntriesPassAgain() {
    CoreUnderTest core = core(false);
    sees(core, thin(core, "49990.0"));
    core.pass(CALM);
    sees(core, core.freshMarket());

    core.arrives(Action.BUY);

    assertThat(core.lastOutcome()).isEqualTo("PENDING");
    assertThat(changes(core))
        .extracting(ConductFact.ConditionChanged::to)
        .containsExactly(MarketCondition.THIN, MarketCondition.NORMAL);
  }

  @Test
  void oneFactPerChangeHoweverOftenItIsSeen() {
    CoreUnderTest core = core(false);
    for (int i = 0; i < 50; i++) {
      sees(core, thin(core, "49990.0"));
      core.pass(Duration.ofSeconds(1));
    }

    assertThat(changes(core)).hasSize(1);
  }

  @Test
  void inAThinMarketAStopIsTightenedOnceAndNeverLoosened() {
    CoreUnderTest core = core(false);
    guarded(core, "49000.0");

    sees(core, thin(core, "49990.0"));

    assertThat(core.facts(ProtectionFact.StopMoved.class))
        .singleElement()
        .satisfies(moved -> assertThat(moved.stop()).isEqualByComparingTo("49500.0"));
    assertThat(core.last(Effect.Amend.class).stop()).isEqualByComparingTo("49500.0");
    core.pass(Duration.ofSeconds(1));
    sees(core, thin(core, "50600.0"));
    core.pass(Duration.ofSeconds(1));
    sees(core, thin(core, "49600.0"));
    core.pass(CALM);
    sees(core, core.freshMarket());
    assertThat(core.facts(ProtectionFact.StopMoved.class)).hasSize(1);
    assertThat(core.state().conditions().isEmpty()).isTrue();
  }

  @Test
  void aStopThatIsTighterStaysAndOneIsNeverMovedAboveTheMarket() {
    CoreUnderTest tighter = core(false);
    guarded(tighter, "49800.0");
    sees(tighter, thin(tighter, "49990.0"));
    assertThat(tighter.facts(ProtectionFact.StopMoved.class)).isEmpty();

    CoreUnderTest fallen = core(false);
    sees(fallen, thin(fallen, "52000.0"));
    sees(fallen, thin(fallen, "49990.0"));
    fallen.pass(CALM);
    sees(fallen, fallen.freshMarket());
    guarded(fallen, "49000.0");
    sees(fallen, thin(fallen, "52000.0"));
    int before = fallen.facts(ProtectionFact.StopMoved.class).size();
    sees(fallen, thin(fallen, "49990.0"));
    assertThat(fallen.facts(ProtectionFact.StopMoved.class)).hasSize(before);
  }

  @Test
  void aSpikePausesEntriesOnlyIfSoConfigured() {
    for (boolean pause : List.of(true, false)) {
      CoreUnderTest core = core(pause);
      sees(core, core.freshMarket());
      core.pass(Duration.ofSeconds(1));

      core.arrives("msg", "body", core.signal(Action.BUY), price(core, "52000.0"));

      assertThat(core.state().conditions().of("BTC/USD")).isEqualTo(MarketCondition.SPIKE);
      assertThat(core.lastOutcome()).isEqualTo(pause ? "REJECTED" : "PENDING");
      assertThat(lastDecision(core).decision().reasons().contains("market-spike")).isEqualTo(pause);
    }
  }

  @Test
  void inASpikeAnEntryNeedsAYoungerPrice() {
    CoreUnderTest core = core(false);
    sees(core, core.freshMarket());
    sees(core, price(core, "52000.0"));
    MarketView known = price(core, "52000.0");
    core.stepClock(Duration.ofMillis(501));

    core.arrives("msg", "body", core.signal(Action.BUY), known);

    assertThat(core.facts(Fact.SignalDecided.class)).isEmpty();
    assertThat(core.effects(Effect.WantMarket.class)).hasSize(1);
    core.pass(CorePolicy.standard().decideWithin());
    assertThat(answer(core, "market-spike").limit()).isEqualTo("a price at most 500 ms old");
  }

  @Test
  void aPairThatIsNotNormalIsLookedAtTwiceASecondUntilItIs() {
    CoreUnderTest core = core(false);
    sees(core, thin(core, "49990.0"));
    for (int i = 0; i < 20; i++) {
      core.stepClock(Duration.ofMillis(250));
      core.tick();
    }
    assertThat(core.effects(Effect.WantPrice.class))
        .hasSize(10)
        .allSatisfy(want -> assertThat(want.noOlderThan()).isEqualTo(Duration.ofMillis(500)));

    core.pass(CALM);
    sees(core, core.freshMarket());
    core.forgetEffects();
    core.pass(Duration.ofSeconds(5));
    assertThat(core.effects(Effect.WantPrice.class)).isEmpty();
  }

  @Test
  void openOrdersInSuchAPairAreAskedAboutMoreOften() {
    int normal = questionsInAMinute(false);
    int closer = questionsInAMinute(true);

    assertThat(closer).isGreaterThanOrEqualTo(normal + normal / 2);
  }

  private static int questionsInAMinute(boolean isThin) {
    CoreUnderTest core = core(false);
    UUID order = core.open();
    for (int i = 0; i < 30; i++) {
      answersAfter(core, order, 1);
    }
    if (isThin) {
      sees(core, thin(core, "49990.0"));
    }
    core.forgetEffects();
    int asked = 0;
    for (int i = 0; i < 60; i++) {
      asked += answersAfter(core, order, 1);
      if (isThin && i % 20 == 0) {
        sees(core, thin(core, "49990.0"));
      }
    }
    return asked;
  }

  private static int answersAfter(CoreUnderTest core, UUID order, int seconds) {
    core.forgetEffects();
    core.pass(Duration.ofSeconds(seconds));
    int asked = core.effects(Effect.Follow.class).size();
    if (asked > 0) {
      core.followed(Samples.info("OABC", order.toString(), "open", "0", "50010.0"));
    }
    return asked;
  }

  @Test
  void aRestartKeepsTheConditionAndTheStatusShowsIt() {
    CoreUnderTest core = core(false);
    sees(core, thin(core, "49990.0"));

    core.restart();

    assertThat(core.status().marketConditions())
        .singleElement()
        .satisfies(
            shown -> {
              assertThat(shown.pair()).isEqualTo("BTC/USD");
              assertThat(shown.condition()).isEqualTo(MarketCondition.THIN);
              assertThat(shown.why()).contains("below 1000");
            });
    StateCodec codec = new StateCodec();
    AccountState saved = new AccountState(codec.decode(codec.encode(StateImage.of(core.state()))));
    assertThat(saved.conditions().at("BTC/USD")).isEqualTo(changes(core).getFirst());
  }
}
