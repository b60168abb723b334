package dev.signaltoorder.trading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signaltoorder.market.MarketSnapshot;
import dev.signaltoorder.signal.Action;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** An exit that had to wait is judged with the price there is when it need not wait any more. */
class ReleasedExitsTest {
  private static final Duration PARKED_FOR = Duration.ofSeconds(40);

  private final CoreUnderTest core =
      CoreUnderTest.serving(
          Samples.ruleSet(Samples.generousRules("IOC")), parking(new Parking(3, PARKED_FOR)));

  private static CorePolicy parking(Parking parking) {
    CorePolicy standard = CorePolicy.standard();
    return new CorePolicy(
        standard.orderDeadline(),
        standard.sendWithin(),
        standard.decideWithin(),
        standard.freshFor(),
        standard.lookUpEvery(),
        standard.silenceFinalAfter(),
        standard.agreeingLookUps(),
        standard.quarantineAfter(),
        standard.followEvery(),
        standard.balancesEvery(),
        standard.watchAfter(),
        parking);
  }

  private MarketView market(String status, String bid) {
    return Samples.market(Samples.BTC, core.now(), core.id(), status, new BigDecimal(bid));
  }

  private void closeArrives(MarketView market) {
    core.arrives("close", "body", core.signal(Action.CLOSE), market);
  }

  private int decisions() {
    return core.facts(Fact.SignalDecided.class).size();
  }

  private MarketSnapshot judgedWith() {
    Fact.SignalDecided last = core.facts(Fact.SignalDecided.class).getLast();
    return Objects.requireNonNull(last.input().snapshot());
  }

  @Test
  void whileKrakenIsUnderMaintenanceAnExitWaitsAndThenTakesThePriceOfThen() {
    core.holding();
    closeArrives(market("maintenance", "49990.0"));
    core.pass(Duration.ofSeconds(12));
    assertThat(decisions()).isEqualTo(1);
    Effect.WantMarket asked = core.last(Effect.WantMarket.class);

    core.step(new Message.MarketReady(asked.signalId(), market("online", "48000.0")));

    assertThat(decisions()).isEqualTo(2);
    assertThat(core.lastOutcome()).isEqualTo("PENDING");
    assertThat(judgedWith().bid()).isEqualByComparingTo("48000.0");
    assertThat(core.lastIntent().intent().plan().limitPrice()).isEqualByComparingTo("48000.0");
  }

  @Test
  void anOldPriceDoesNotReleaseIt() {
    core.holding();
    closeArrives(market("maintenance", "49990.0"));
    MarketView old = market("online", "49990.0");
    core.pass(Duration.ofSeconds(12));

    core.step(new Message.MarketReady(core.last(Effect.WantMarket.class).signalId(), old));

    assertThat(decisions()).isEqualTo(1);
  }

  @Test
  void anExitThatWaitsForAnotherAnswerTakesThePriceThatWasSeenMeanwhile() {
    core.holding();
    core.restart();
    closeArrives(market("online", "49990.0"));
    core.stepClock(Duration.ofMillis(900));
    core.step(new Message.PriceSeen("BTC/USD", market("online", "49000.0")));
    assertThat(decisions()).as("the keys are not checked yet").isEqualTo(1);

    core.keysChecked(false);

    assertThat(core.lastOutcome()).isEqualTo("PENDING");
    assertThat(judgedWith().bid()).isEqualByComparingTo("49000.0");
    assertThat(core.lastIntent().intent().plan().limitPrice()).isEqualByComparingTo("49000.0");
  }

  @Test
  void aPriceThatIsOlderThanTheSignalsOwnIsNotTaken() {
    core.holding();
    core.restart();
    MarketView older = market("online", "49000.0");
    core.stepClock(Duration.ofMillis(900));
    closeArrives(market("online", "49990.0"));
    core.step(new Message.PriceSeen("BTC/USD", older));

    core.keysChecked(false);

    assertThat(judgedWith().bid()).isEqualByComparingTo("49990.0");
  }
}
