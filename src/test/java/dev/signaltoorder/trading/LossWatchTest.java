package dev.signaltoorder.trading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signaltoorder.kraken.AddOrderVerdict;
import dev.signaltoorder.risk.RuleSet;
import dev.signaltoorder.signal.Action;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.SortedMap;
import java.util.UUID;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

/**
 * Limits of losses halt without a signal. The position of these tests cost 50.13 USD, fee included:
 * at a mid price of 45 000 it stands 5.14 USD below.
 */
@NullUnmarked // a null where none is expected fails the test, which is what it is for
class LossWatchTest {
  private static final String LOW = "45000";
  private static final String HIGH = "50000";

  private CoreUnderTest core = losing("daily-loss", "limit.USD", "5");

  private static CoreUnderTest losing(String code, String name, String value) {
    SortedMap<String, SortedMap<String, String>> rules = rules();
    Samples.set(rules, code, name, value);
    return CoreUnderTest.serving(Samples.ruleSet(rules));
  }

  private static SortedMap<String, SortedMap<String, String>> rules() {
    SortedMap<String, SortedMap<String, String>> rules = Samples.generousRules("GTC");
    // Prices of these tests are moved.
    Samples.set(rules, "price-move", "limit", "100");
    Samples.set(rules, "price-collar", "limit", "100");
    return rules;
  }

  private void activate(String code, String name, String value, long version) {
    SortedMap<String, SortedMap<String, String>> rules = rules();
    Samples.set(rules, code, name, value);
    core.step(
        new Message.ActivateRules(
            new RuleSet(version, core.now(), "configuration", "test", rules)));
  }

  private MarketView at(String mid, Instant takenAt) {
    BigDecimal bid = new BigDecimal(mid).subtract(BigDecimal.TEN);
    return Samples.market(Samples.BTC, takenAt, core.id(), "online", bid);
  }

  private Step priceIs(String mid) {
    return core.step(new Message.PriceSeen("BTC/USD", at(mid, core.now())));
  }

  /** Time passes, and whenever a price is asked for it is this one. */
  private void passAt(String mid, Duration duration) {
    for (long second = 0; second < duration.toSeconds(); second++) {
      core.forgetEffects();
      core.pass(Duration.ofSeconds(1));
      if (!core.effects(Effect.WantPrice.class).isEmpty()) {
        priceIs(mid);
      }
    }
  }

  private Step sold(String price) {
    core.arrives(Action.CLOSE);
    UUID close = core.lastIntent().orderId();
    core.addOrder(close, new AddOrderVerdict.Placed("OXYZ"));
    return core.followed(Samples.info("OXYZ", close.toString(), "closed", "0.00099980", price));
  }

  private void resume() {
    core.step(new Message.Resume("anna", "seen"));
    assertThat(core.state().halt()).isNull();
  }

  private int halts() {
    return core.facts(Fact.TradingHalted.class).size();
  }

  private int crossings() {
    return core.facts(ConductFact.LossLimitCrossed.class).size();
  }

  @Test
  void aFallingPriceHaltsEntriesThoughNoSignalComes() {
    core.holding();
    core.pass(Duration.ofSeconds(5));
    assertThat(core.last(Effect.WantPrice.class))
        .isEqualTo(new Effect.WantPrice("BTC/USD", Duration.ofSeconds(5)));
    core.forgetEffects();

    Step step = priceIs(LOW);

    assertThat(CoreUnderTest.kinds(step))
        .isEqualTo("positions-marked, loss-limit-crossed, trading-halted");
    String reason = "Today is a loss of 5.1389979948 USD; at most 5 USD is allowed.";
    assertThat(core.state().halt())
        .isEqualTo(new Fact.TradingHalted("ENTRIES", "rule daily-loss", reason, Sweep.ENTRIES));
    assertThat(core.facts(ConductFact.LossLimitCrossed.class))
        .containsExactly(new ConductFact.LossLimitCrossed("daily-loss", "USD", core.now(), reason));
    assertThat(core.facts(ConductFact.PositionsMarked.class).getFirst().marks())
        .singleElement()
        .satisfies(mark -> assertThat(mark.mid()).isEqualByComparingTo(LOW));
    assertThat(core.effects(Effect.CloseGate.class))
        .containsExactly(new Effect.CloseGate("halted (ENTRIES) by rule daily-loss", true));
    assertThat(core.effects(Effect.Alarm.class))
        .containsExactly(new Effect.Alarm("the rule daily-loss halted ENTRIES: " + reason));
  }

  @Test
  void aLossWithinTheLimitHaltsNothing() {
    core.holding();

    passAt("45200", Duration.ofMinutes(5));

    assertThat(halts()).isZero();
    assertThat(crossings()).isZero();
    assertThat(core.facts(ConductFact.PositionsMarked.class)).isEmpty();
  }

  @Test
  void itHaltsOnceHoweverLongTheLossLasts() {
    core.holding();

    passAt(LOW, Duration.ofMinutes(10));

    assertThat(halts()).isEqualTo(1);
    assertThat(crossings()).isEqualTo(1);
  }

  @Test
  void pricesAreAskedForEveryFiveSecondsWhileSomethingIsHeldAlsoWhereALossHaltsNothing() {
    core.pass(Duration.ofMinutes(1));
    assertThat(core.effects(Effect.WantPrice.class)).isEmpty();
    core.holding();
    core.pass(Duration.ofSeconds(30));
    assertThat(core.effects(Effect.WantPrice.class)).hasSize(6);

    SortedMap<String, SortedMap<String, String>> none = rules();
    Samples.set(none, "daily-loss", "halt", "no");
    Samples.set(none, "drawdown", "halt", "no");
    core.step(new Message.ActivateRules(new RuleSet(2, core.now(), "configuration", "test", none)));
    core.forgetEffects();
    core.pass(Duration.ofSeconds(30));

    assertThat(core.effects(Effect.WantPrice.class)).hasSize(6);
  }

  @Test
  void withoutAYoungPriceAPositionIsNotGuessed() {
    core.holding();
    core.pass(Duration.ofMinutes(30));

    core.step(
        new Message.PriceSeen("BTC/USD", at(LOW, core.now().minus(Duration.ofMillis(10_001)))));
    core.step(new Message.PriceSeen("BTC/USD", core.noPrice(Samples.BTC)));
    core.pass(Duration.ofMinutes(30));
    assertThat(halts()).isZero();

    core.step(new Message.PriceSeen("BTC/USD", at(LOW, core.now().minus(Duration.ofSeconds(10)))));
    assertThat(halts()).isEqualTo(1);
  }

  @Test
  void aPriceThatMakesNoSenseHaltsNothing() {
    core.holding();
    core.pass(Duration.ofSeconds(5));

    // The bid would be below zero.
    priceIs("5");

    assertThat(halts()).isZero();
  }

  @Test
  void aFillThatRealisesTheLossHaltsInTheSameStepWithoutAnyPrice() {
    core.holding();

    Step step = sold("44000.0");

    assertThat(CoreUnderTest.kinds(step)).endsWith("loss-limit-crossed, trading-halted");
    assertThat(core.state().halt().actor()).isEqualTo("rule daily-loss");
    passAt(LOW, Duration.ofMinutes(1));
    assertThat(halts()).isEqualTo(1);
  }

  @Test
  void afterAResumeTheSameLossDoesNotHaltByItselfButTheNextEntryIsRefusedAndHalts() {
    core.holding();
    passAt(LOW, Duration.ofSeconds(20));
    resume();

    passAt(LOW, Duration.ofMinutes(10));
    passAt("44000", Duration.ofMinutes(10));
    assertThat(halts()).isEqualTo(1);

    core.arrives("again", "body", core.signal(Action.BUY), at(LOW, core.now()));
    assertThat(core.lastOutcome()).isEqualTo("REJECTED");
    assertThat(halts()).isEqualTo(2);
    assertThat(core.state().halt().actor()).isEqualTo("rule daily-loss");
  }

  @Test
  void aResumeWithoutAPriceRemembersThatTheDayIsKnown() {
    core.holding();
    passAt(LOW, Duration.ofSeconds(20));
    core.pass(Duration.ofMinutes(5));
    resume();

    passAt(LOW, Duration.ofMinutes(5));

    assertThat(halts()).isEqualTo(1);
  }

  @Test
  void aLossThatWasOverAtTheResumeHaltsWhenItComesAgain() {
    core.holding();
    passAt(LOW, Duration.ofSeconds(20));
    passAt(HIGH, Duration.ofSeconds(20));
    resume();
    passAt(HIGH, Duration.ofMinutes(1));
    assertThat(halts()).isEqualTo(1);

    passAt(LOW, Duration.ofMinutes(1));

    assertThat(halts()).isEqualTo(2);
  }

  @Test
  void onTheNextDayAPositionThatStillStandsLowHaltsAgain() {
    core.holding();
    passAt(LOW, Duration.ofSeconds(20));
    resume();

    core.stepClock(Duration.ofHours(24));
    passAt(LOW, Duration.ofMinutes(1));

    assertThat(halts()).isEqualTo(2);
  }

  @Test
  void aLimitThatWasRaisedHaltsWhenItIsCrossedInItsTurn() {
    core.holding();
    passAt(LOW, Duration.ofSeconds(20));
    activate("daily-loss", "limit.USD", "6", 2);
    resume();
    passAt(LOW, Duration.ofMinutes(1));
    assertThat(halts()).isEqualTo(1);

    passAt("44000", Duration.ofMinutes(1));

    assertThat(halts()).isEqualTo(2);
    assertThat(core.state().halt().reason()).contains("at most 6 USD");
  }

  @Test
  void aDrawdownIsMeasuredFromTheResumeAndHaltsWhenItIsAsDeepAgain() {
    core = losing("drawdown", "limit.USD", "5");
    core.holding();
    passAt(LOW, Duration.ofSeconds(20));
    assertThat(core.state().halt().actor()).isEqualTo("rule drawdown");
    // It falls on while nobody trades: the person resumes at what the result is then.
    passAt("41000", Duration.ofMinutes(1));
    resume();

    passAt("37000", Duration.ofMinutes(5));
    assertThat(halts()).isEqualTo(1);
    passAt("35000", Duration.ofMinutes(5));

    assertThat(halts()).isEqualTo(2);
  }

  @Test
  void aStreakOfLossesHaltsWithItsLastFillAndAgainOnlyWithTheNextLoss() {
    SortedMap<String, SortedMap<String, String>> rules = rules();
    Samples.set(rules, "loss-streak", "count", "1");
    Samples.set(rules, "loss-streak", "halt", "ALL");
    Samples.set(rules, "loss-streak", "cooldown", "600");
    core = CoreUnderTest.serving(Samples.ruleSet(rules));
    core.holding();

    sold("49000.0");

    assertThat(core.state().halt().scope()).isEqualTo("ALL");
    assertThat(core.facts(ConductFact.LossLimitCrossed.class).getFirst().of()).isEqualTo("BTC/USD");
    resume();
    core.pass(Duration.ofMinutes(11));
    assertThat(halts()).isEqualTo(1);
    core.holding();
    sold("49000.0");
    assertThat(halts()).isEqualTo(2);
  }

  @Test
  void underAPersonsHaltTheLossIsToldAndTheHaltStaysAsItIs() {
    core.holding();
    core.step(new Message.Halt("ALL", "anna", "news"));
    core.pass(Duration.ofSeconds(5));
    core.forgetEffects();

    priceIs(LOW);

    assertThat(core.state().halt().actor()).isEqualTo("anna");
    assertThat(core.effects(Effect.Alarm.class))
        .singleElement()
        .satisfies(alarm -> assertThat(alarm.text()).startsWith("daily-loss: Today is a loss of"));
    resume();
    passAt(LOW, Duration.ofMinutes(1));
    assertThat(halts()).isEqualTo(1);
  }

  @Test
  void aHaltThatASignalBroughtIsNotToldTwice() {
    core.holding();
    core.arrives("low", "body", core.signal(Action.BUY), at(LOW, core.now()));
    assertThat(halts()).isEqualTo(1);

    passAt(LOW, Duration.ofMinutes(1));
    resume();
    passAt(LOW, Duration.ofMinutes(1));

    assertThat(halts()).isEqualTo(1);
    assertThat(core.effects(Effect.Alarm.class)).isEmpty();
  }

  @Test
  void aHaltOfCancelAllCancelsWhatRests() {
    SortedMap<String, SortedMap<String, String>> rules = rules();
    Samples.set(rules, "daily-loss", "limit.USD", "5");
    Samples.set(rules, "daily-loss", "halt", "CANCEL_ALL");
    core = CoreUnderTest.serving(Samples.ruleSet(rules));
    core.holding();
    UUID resting = core.intended();
    core.addOrder(resting, new AddOrderVerdict.Placed("OREST"));
    core.pass(Duration.ofSeconds(5));

    priceIs(LOW);
    core.tick();

    assertThat(core.state().halt().scope()).isEqualTo("CANCEL_ALL");
    assertThat(core.effects(Effect.Cancel.class))
        .containsExactly(new Effect.Cancel(resting, "OREST"));
  }

  @Test
  void whoTakesOverKnowsWhatIsKnown() {
    core.holding();
    passAt(LOW, Duration.ofSeconds(20));
    resume();

    assertThat(DeepComparison.differences(core.state(), core.fold())).isEmpty();
    core.restart();
    core.keysChecked(false);
    passAt(LOW, Duration.ofMinutes(5));

    assertThat(halts()).isEqualTo(1);
    assertThat(core.state().halt()).isNull();
  }

  @Test
  void aLossThatNobodySawBeforeARestartHaltsAfterIt() {
    core.holding();
    core.restart();
    core.keysChecked(false);

    passAt(LOW, Duration.ofSeconds(20));

    assertThat(halts()).isEqualTo(1);
  }
}
