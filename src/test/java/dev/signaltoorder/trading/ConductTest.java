package dev.signaltoorder.trading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signaltoorder.kraken.AddOrderVerdict;
import dev.signaltoorder.risk.AccountHistory;
import dev.signaltoorder.risk.RuleSet;
import dev.signaltoorder.signal.Action;
import dev.signaltoorder.signal.Signal;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.SortedMap;
import java.util.UUID;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

/** What the account core remembers for the rules about conduct, and what it does when they ask. */
@NullUnmarked // a null where none is expected fails the test, which is what it is for
class ConductTest {

  @Test
  void aRuleThatAsksForAHaltHaltsInTheSameCommit() {
    // Given
    CoreUnderTest core = CoreUnderTest.serving(rules("repeated-execution", "count", "1"));
    core.arrives(Action.BUY);
    core.forgetEffects();

    // When
    Step step = core.arrives(Action.BUY);

    // Then
    assertThat(CoreUnderTest.kinds(step))
        .isEqualTo("signal-received, market-read, signal-decided, trading-halted");
    assertThat(core.state().halt())
        .isEqualTo(
            new Fact.TradingHalted(
                "ENTRIES",
                "rule repeated-execution",
                "There would be 2 orders in 600 s without a person's look; allowed are 1.",
                Sweep.ENTRIES));
    assertThat(core.effects(Effect.CloseGate.class))
        .containsExactly(new Effect.CloseGate("halted (ENTRIES) by rule repeated-execution", true));
    assertThat(core.effects(Effect.Alarm.class)).hasSize(1);
    assertThat(core.effects(Effect.SendOrder.class)).isEmpty();
  }

  @Test
  void aRuleHaltsOnceAndNeverNarrowsWhatAPersonHalted() {
    // Given
    CoreUnderTest core = CoreUnderTest.serving(rules("repeated-execution", "count", "1"));
    core.arrives(Action.BUY);
    core.arrives(Action.BUY);
    core.step(new Message.Halt("ALL", "anna", "news"));

    // When
    Step step = core.arrives(Action.BUY);

    // Then
    assertThat(CoreUnderTest.kinds(step)).isEqualTo("signal-received, market-read, signal-decided");
    assertThat(core.state().halt().scope()).isEqualTo("ALL");
    assertThat(core.lastOutcome()).isEqualTo("HALTED");
  }

  @Test
  void whatAPersonResumesIsCountedFromThere() {
    // Given
    CoreUnderTest core = CoreUnderTest.serving(rules("repeated-execution", "count", "1"));
    core.arrives(Action.BUY);
    core.arrives(Action.BUY);
    core.stepClock(Duration.ofMillis(1));

    // When
    core.step(new Message.Resume("anna", "looked at it"));
    core.arrives(Action.BUY);

    // Then
    assertThat(core.facts(Fact.OrderIntended.class)).hasSize(2);
    assertThat(core.state().halt()).isNull();
    core.restart();
    assertThat(core.state().track().resumedAfter())
        .isEqualTo(core.facts(Fact.OrderIntended.class).getFirst().intent().approvedAt());
  }

  @Test
  void anAlertThatComesTwiceBuysOnceThoughThePriceHasMoved() {
    // Given
    CoreUnderTest core = CoreUnderTest.serving(rules("duplicate-order", "window", "30"));
    boughtAt(core, "66990.1");
    assertThat(core.lastOutcome()).isEqualTo("PENDING");
    core.restart();
    core.keysChecked(false);
    core.tick();
    core.balances("1000000", "1");
    core.stepClock(Duration.ofSeconds(1));

    // When
    boughtAt(core, "67000.0");

    // Then
    assertThat(core.lastOutcome()).isEqualTo("REJECTED");
    assertThat(core.facts(Fact.SignalDecided.class).getLast().decision().reasons())
        .containsExactly("duplicate-order");
    assertThat(core.facts(Fact.OrderIntended.class)).hasSize(1);
    core.stepClock(Duration.ofSeconds(29));
    boughtAt(core, "67000.0");
    assertThat(core.lastOutcome()).isEqualTo("PENDING");
  }

  private static void boughtAt(CoreUnderTest core, String bid) {
    MarketView market =
        Samples.market(Samples.BTC, core.now(), core.id(), "online", new BigDecimal(bid));
    core.arrives("d-" + core.id(), "body", core.signal(Action.BUY), market);
  }

  @Test
  void anOrderIsNotSentAfterItsPriceHasBecomeTooOld() {
    // Given
    CoreUnderTest core = CoreUnderTest.serving(rules("stale-price", "max-age", "3"));

    // When
    core.arrives(Action.BUY);

    // Then
    assertThat(core.last(Effect.SendOrder.class).beginBefore())
        .isEqualTo(core.now().plusSeconds(3));
  }

  @Test
  void aGapInTheSendersCountAlarmsAndALateSignalIsRefused() {
    // Given
    CoreUnderTest core = CoreUnderTest.serving();

    // When
    numbered(core, 5);
    numbered(core, 6);
    numbered(core, 8);
    String afterGap = core.lastOutcome();
    numbered(core, 7);

    // Then
    assertThat(afterGap).isEqualTo("PENDING");
    assertThat(core.effects(Effect.Alarm.class))
        .extracting(Effect.Alarm::text)
        .containsExactly(
            "sequence: Signals are missing: 8 came after 6.",
            "sequence: Out of order: 7 came after 8.");
    assertThat(core.lastOutcome()).isEqualTo("REJECTED");
    assertThat(history(core).lastSequence()).isEqualTo(8);
  }

  @Test
  void aCountThatBeginsAnewIsFollowed() {
    CoreUnderTest core = CoreUnderTest.serving();
    numbered(core, 500);
    numbered(core, 1);

    numbered(core, 2);

    assertThat(history(core).lastSequence()).isEqualTo(1);
    assertThat(core.lastOutcome()).isEqualTo("PENDING");
  }

  @Test
  void refusalsAndDoubtsAreCountedAmongTheLastTwentyOrders() {
    CoreUnderTest core = CoreUnderTest.serving();
    core.addOrder(core.intended(), new AddOrderVerdict.NotPlaced("EOrder:No", true));
    core.inDoubt();
    core.addOrder(core.intended(), new AddOrderVerdict.NotPlaced("not in time", false));
    assertThat(core.state().track().recentFailures()).isEqualTo(2);

    for (int i = 0; i < 19; i++) {
      core.open();
    }
    assertThat(core.state().track().recentFailures()).isEqualTo(1);
    core.open();
    assertThat(core.state().track().recentFailures()).isZero();
  }

  @Test
  void aResumeForgetsFailures() {
    CoreUnderTest core = CoreUnderTest.serving();
    core.inDoubt();
    core.step(new Message.Halt("ALL", "anna", "doubt"));

    core.step(new Message.Resume("anna", "looked at it"));

    assertThat(core.state().track().recentFailures()).isZero();
  }

  @Test
  void ordersInDoubtAreSeenByTheNextDecision() {
    CoreUnderTest core = CoreUnderTest.serving();
    core.inDoubt();

    core.arrives(Action.BUY);

    assertThat(history(core).unknownOrders()).isEqualTo(1);
    assertThat(history(core).openInPair()).hasSize(1);
    assertThat(history(core).openInPair().getFirst().limitPrice()).isEqualByComparingTo("50010.0");
  }

  @Test
  void entriesCountFromTheApprovalUntilThePositionIsSold() {
    CoreUnderTest core = CoreUnderTest.serving();
    UUID first = core.open();
    assertThat(entries(core)).isEqualTo(1);
    core.followed(Samples.info("OABC", first.toString(), "closed", "0.00099980", "50010.0"));
    assertThat(entries(core)).isEqualTo(1);
    core.addOrder(core.intended(), new AddOrderVerdict.NotPlaced("EOrder:No", true));
    assertThat(entries(core)).isEqualTo(1);

    core.arrives(Action.CLOSE);
    UUID close = core.lastIntent().orderId();
    core.addOrder(close, new AddOrderVerdict.Placed("OXYZ"));
    core.followed(Samples.info("OXYZ", close.toString(), "open", "0.00050000", "49990.0"));
    assertThat(entries(core)).isEqualTo(1);
    core.followed(Samples.info("OXYZ", close.toString(), "closed", "0.00099000", "49990.0"));

    // 0.0000098 of 0.0009998 is less than a hundredth: the position is over.
    assertThat(entries(core)).isZero();
  }

  @Test
  void aBuyBelowTheMarketPriceOfItsSaleIsALossInItsPairAndDay() {
    // Given: bought 0.00099980 for 50 010, fee 0.26 %
    CoreUnderTest core = CoreUnderTest.serving();
    core.holding();

    // When: sold for 49 000, fee 0.26 %
    core.arrives(Action.CLOSE);
    UUID close = core.lastIntent().orderId();
    core.addOrder(close, new AddOrderVerdict.Placed("OXYZ"));
    core.followed(Samples.info("OXYZ", close.toString(), "closed", "0.00099980", "49000.0"));
    core.arrives(Action.BUY);

    // Then: (49 000 - 50 010) x 0.0009998 - 0.26 % of both
    BigDecimal loss = new BigDecimal("-1.2671725148");
    assertThat(history(core).dayResult()).isEqualByComparingTo(loss);
    assertThat(history(core).drawdown()).isEqualByComparingTo(loss.negate());
    assertThat(history(core).pairLosses()).isEqualTo(1);
    assertThat(history(core).pairLostAt()).isEqualTo(core.now());
    assertThat(core.fold().track().results().losses("BTC/USD")).isEqualTo(1);
  }

  @Test
  void anOpenPositionBelowItsCostIsALossAndOneAboveItIsNoGain() {
    // Given: cost 50.12 with its fee, at mid 50 000 worth 49.99
    CoreUnderTest core = CoreUnderTest.serving();
    core.holding();

    // When
    core.arrives(Action.BUY);

    // Then: 0.0009998 x 50 000 - 0.0009998 x 50 010 x 1.0026
    assertThat(history(core).dayResult()).isEqualByComparingTo("-0.13999799480");
    assertThat(history(core).drawdown()).isEqualByComparingTo("0.13999799480");
  }

  @Test
  void aResumeMeasuresTheDrawdownAnewButNotTheDay() {
    CoreUnderTest core = CoreUnderTest.serving();
    core.holding();
    core.step(new Message.Halt("ALL", "anna", "loss"));
    core.step(new Message.Resume("anna", "seen"));

    core.arrives(Action.BUY);

    assertThat(history(core).drawdown()).isEqualByComparingTo("0");
    assertThat(history(core).dayResult()).isNegative();
  }

  @Test
  void aLossAfterAResumeIsMeasuredFromTheResumeAndNotFromTheBeginning() {
    CoreUnderTest core = CoreUnderTest.serving();
    lose(core, "OXY1");
    core.step(new Message.Halt("ALL", "anna", "loss"));
    core.step(new Message.Resume("anna", "seen"));

    lose(core, "OXY2");
    core.arrives(Action.BUY);

    // As in the test above: once, not twice.
    assertThat(history(core).drawdown()).isEqualByComparingTo("1.2671725148");
  }

  private static void lose(CoreUnderTest core, String txid) {
    core.holding();
    core.arrives(Action.CLOSE);
    UUID close = core.lastIntent().orderId();
    core.addOrder(close, new AddOrderVerdict.Placed(txid));
    core.followed(Samples.info(txid, close.toString(), "closed", "0.00099980", "49000.0"));
  }

  @Test
  void pricesOfEarlierDecisionsAreRememberedOnceAMinute() {
    CoreUnderTest core = CoreUnderTest.serving();
    core.arrives(Action.BUY);
    core.stepClock(Duration.ofSeconds(30));
    core.arrives(Action.BUY);
    core.stepClock(Duration.ofSeconds(30));
    core.arrives(Action.BUY);
    core.stepClock(Duration.ofMinutes(20));

    core.arrives(Action.BUY);

    assertThat(history(core).prices())
        .containsExactly(
            new AccountHistory.PricePoint(
                core.now().minus(Duration.ofMinutes(20)), new BigDecimal("50000.0")));
  }

  private static void numbered(CoreUnderTest core, long number) {
    Signal signal = Samples.numbered(core.signal(Action.BUY), number);
    core.arrives("n-" + number + "-" + core.id(), "body", signal, core.freshMarket());
  }

  private static AccountHistory history(CoreUnderTest core) {
    return core.facts(Fact.SignalDecided.class).getLast().input().account().history();
  }

  private static int entries(CoreUnderTest core) {
    return core.state().track().entries().count("BTC/USD", "breakout");
  }

  private static RuleSet rules(String code, String name, String value) {
    SortedMap<String, SortedMap<String, String>> rules = Samples.generousRules("GTC");
    Samples.set(rules, code, name, value);
    return Samples.ruleSet(rules);
  }
}
