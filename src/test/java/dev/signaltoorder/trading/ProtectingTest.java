package dev.signaltoorder.trading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signaltoorder.kraken.AddOrderVerdict;
import dev.signaltoorder.kraken.Answer;
import dev.signaltoorder.kraken.OrderInfo;
import dev.signaltoorder.signal.Action;
import dev.signaltoorder.signal.Signal;
import dev.signaltoorder.signal.TakeProfit;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** BTC is at 49 990 / 50 010; an entry of 50 USD buys 0.0009998. */
class ProtectingTest {
  private static final BigDecimal STOP = new BigDecimal("49000.0");
  private static final String BOUGHT = "0.0009998";

  private static CoreUnderTest core(boolean close) {
    ProtectionPolicy policy = new ProtectionPolicy(close, 3, null, null);
    return CoreUnderTest.serving(
        Samples.ruleSet(Samples.generousRules("IOC")), CorePolicy.standard().with(policy));
  }

  /** Bought and filled; the stop is intended. */
  private static UUID bought(CoreUnderTest core, List<TakeProfit> targets) {
    Signal signal = Samples.protectedBy(core.signal(Action.BUY), STOP, targets);
    core.arrives("msg-" + core.id(), "body", signal, core.freshMarket());
    UUID entry = core.lastIntent().orderId();
    core.addOrder(entry, new AddOrderVerdict.Placed("OENTRY"));
    core.followed(Samples.info("OENTRY", entry.toString(), "closed", BOUGHT, "50010.0"));
    return entry;
  }

  /** Bought, filled, and its stop rests as OSTOP. */
  private static UUID guarded(CoreUnderTest core, List<TakeProfit> targets) {
    bought(core, targets);
    UUID stop = core.lastIntent().orderId();
    core.addOrder(stop, new AddOrderVerdict.Placed("OSTOP"));
    return stop;
  }

  private static void amended(CoreUnderTest core) {
    Effect.Amend asked = core.last(Effect.Amend.class);
    Answer<String> answer = core.success("AmendOrder", "TAMEND");
    core.step(new Message.AmendFinished(asked.orderId(), asked.deadline(), answer));
  }

  private static OrderInfo stop(UUID orderId, String status, String executed) {
    return Samples.info("OSTOP", orderId.toString(), status, executed, "49000.0", BOUGHT);
  }

  @Test
  void theFirstFillBringsOneStopOfItsSizeInTheSameStep() {
    CoreUnderTest core = core(false);

    bought(core, List.of());

    Fact.OrderIntended stop = core.lastIntent();
    assertThat(stop.intent().stops()).isTrue();
    assertThat(stop.intent().plan().volume()).isEqualByComparingTo(BOUGHT);
    Effect.SendOrder send = core.last(Effect.SendOrder.class);
    assertThat(send.request().orderType()).isEqualTo("stop-loss");
    assertThat(send.request().price()).isEqualTo("49000.0");
    assertThat(send.request().clientOrderId()).isEqualTo(stop.orderId().toString());
    core.pass(Duration.ofSeconds(30));
    assertThat(core.effects(Effect.SendOrder.class)).hasSize(2);
  }

  @Test
  void aCloseGoesOutOnlyAfterTheStopIsGone() {
    CoreUnderTest core = core(false);
    UUID stop = guarded(core, List.of());
    core.forgetEffects();

    core.arrives(Action.CLOSE);

    assertThat(core.effects(Effect.SendOrder.class)).isEmpty();
    assertThat(core.last(Effect.Cancel.class).txid()).isEqualTo("OSTOP");
    core.followed(stop(stop, "canceled", "0"));
    Effect.SendOrder sent = core.last(Effect.SendOrder.class);
    assertThat(sent.request().side()).isEqualTo("sell");
    assertThat(new BigDecimal(sent.request().volume())).isEqualByComparingTo(BOUGHT);
  }

  @Test
  void aCloseOfAProtectedPositionWaitsForAPriceThatLeavesItTimeToMakeRoom() {
    var rules = Samples.generousRules("IOC");
    Samples.set(rules, "stale-price", "max-age", "2");
    CoreUnderTest core = CoreUnderTest.serving(Samples.ruleSet(rules));
    guarded(core, List.of());
    MarketView old =
        Samples.market(Samples.BTC, core.now().minus(Duration.ofMillis(1_001)), core.id());
    MarketView young = Samples.market(Samples.BTC, core.now().minusSeconds(1), core.id());

    core.arrives("close", "body", core.signal(Action.CLOSE), old);

    assertThat(core.facts(ProtectionFact.SellHeld.class)).isEmpty();
    Effect.WantMarket wanted = core.last(Effect.WantMarket.class);
    core.step(new Message.MarketReady(wanted.signalId(), young));
    assertThat(core.facts(ProtectionFact.SellHeld.class))
        .singleElement()
        .satisfies(held -> assertThat(held.sendBefore()).isEqualTo(core.now().plusSeconds(1)));
  }

  @Test
  void aSellThatWaitedInVainIsNotSentAndItsStopIsFittedAgain() {
    CoreUnderTest core = core(false);
    guarded(core, List.of());
    core.arrives(Action.CLOSE);
    UUID close = core.lastIntent().orderId();
    core.forgetEffects();

    core.pass(Duration.ofSeconds(7));

    assertThat(core.effects(Effect.SendOrder.class)).isEmpty();
    assertThat(core.last(Fact.OrderNotPlaced.class, close).presumed()).isFalse();
    assertThat(core.last(Fact.OrderNotPlaced.class, close).proof()).contains("let go");
  }

  @Test
  void aSellThatWaitedWhenTheProcessDiedIsNeverInDoubt() {
    CoreUnderTest core = core(false);
    guarded(core, List.of());
    core.arrives(Action.CLOSE);
    UUID close = core.lastIntent().orderId();

    core.restart();

    assertThat(core.orderState(close)).isInstanceOf(OrderState.Intended.class);
    core.pass(Duration.ofSeconds(7));
    assertThat(core.orderState(close)).isNull();
    assertThat(core.facts(Fact.OrderInDoubt.class)).isEmpty();
  }

  @Test
  void aSellIsNotSentWhenTheStopSoldFirst() {
    CoreUnderTest core = core(false);
    UUID stop = guarded(core, List.of());
    core.arrives(Action.CLOSE);
    UUID close = core.lastIntent().orderId();
    core.forgetEffects();

    core.followed(stop(stop, "closed", BOUGHT));

    assertThat(core.effects(Effect.SendOrder.class)).isEmpty();
    assertThat(core.last(Fact.OrderNotPlaced.class, close).proof()).contains("the stop sold");
    core.tick();
    assertThat(core.facts(ProtectionFact.Ended.class)).hasSize(1);
    assertThat(core.state().protections().guards()).isEmpty();
  }

  @Test
  void aTakeProfitShrinksTheStopFirstAndThenSells() {
    CoreUnderTest core = core(false);
    guarded(
        core,
        List.of(
            new TakeProfit(new BigDecimal("51000"), new BigDecimal("0.5")),
            new TakeProfit(new BigDecimal("52000"), new BigDecimal("0.5"))));
    core.forgetEffects();

    core.step(new Message.PriceSeen("BTC/USD", price(core, "51000.0")));

    Effect.Amend amend = core.last(Effect.Amend.class);
    assertThat(amend.volume()).isEqualByComparingTo("0.0004999");
    assertThat(core.effects(Effect.SendOrder.class)).isEmpty();
    amended(core);
    Effect.SendOrder sold = core.last(Effect.SendOrder.class);
    assertThat(new BigDecimal(sold.request().volume())).isEqualByComparingTo("0.0004999");
    assertThat(sold.request().price()).isEqualTo("51000.0");
    assertThat(sold.request().timeInForce()).isEqualTo("IOC");
  }

  @Test
  void anAnswerThatWasAskedForBeforeAChangeDoesNotUndoIt() {
    CoreUnderTest core = core(false);
    UUID stop =
        guarded(core, List.of(new TakeProfit(new BigDecimal("51000"), new BigDecimal("0.5"))));
    core.step(new Message.PriceSeen("BTC/USD", price(core, "51000.0")));
    core.pass(Duration.ofSeconds(1));
    assertThat(core.effects(Effect.Follow.class)).isNotEmpty();
    amended(core);

    core.followed(stop(stop, "open", "0"));

    assertThat(core.facts(ProtectionFact.Amended.class))
        .extracting(ProtectionFact.Amended::how)
        .containsExactly("ANSWERED");
    core.pass(Duration.ofSeconds(5));
    core.followed(stop(stop, "open", "0"));
    core.pass(Duration.ofSeconds(30));
    core.followed(stop(stop, "open", "0"));
    assertThat(core.facts(ProtectionFact.Amended.class))
        .as("asked long after it, it counts")
        .extracting(ProtectionFact.Amended::how)
        .containsExactly("ANSWERED", "SHOWN");
  }

  @Test
  void aStopThatSoldMoreThanIsKnownOfItAndNoMoreThanKrakenShowsWasChangedAndHaltsNothing() {
    CoreUnderTest core = core(false);
    UUID stop =
        guarded(core, List.of(new TakeProfit(new BigDecimal("51000"), new BigDecimal("0.5"))));
    core.step(new Message.PriceSeen("BTC/USD", price(core, "51000.0")));
    core.pass(Duration.ofSeconds(1));
    amended(core);

    // Larger again, by a change whose answer was lost, and sold before it could be seen resting.
    core.followed(stop(stop, "closed", BOUGHT));

    assertThat(core.facts(ProtectionFact.Amended.class).getLast().volume())
        .isEqualByComparingTo(BOUGHT);
    assertThat(core.last(Fact.OrderEnded.class, stop).execution().volume())
        .isEqualByComparingTo(BOUGHT);
    assertThat(core.facts(Fact.InvariantViolated.class)).isEmpty();
  }

  @Test
  void aStopThatSoldMoreThanItIsMadeSmallerToWhileThatWasOnItsWayHaltsNothing() {
    CoreUnderTest core = core(false);
    UUID stop =
        guarded(core, List.of(new TakeProfit(new BigDecimal("51000"), new BigDecimal("0.5"))));
    core.step(new Message.PriceSeen("BTC/USD", price(core, "51000.0")));
    core.followed(stop(stop, "open", "0.0007"));

    amended(core);

    assertThat(core.facts(ProtectionFact.Amended.class).getLast().volume())
        .isEqualByComparingTo("0.0007");
    assertThat(core.facts(Fact.InvariantViolated.class)).isEmpty();
  }

  /** Seed 9749 of the simulation: an answer that was overtaken halted the account. */
  @Test
  void anOlderAnswerThatShowsLessOrderedThanIsExecutedMakesAStopNoSmallerAndHaltsNothing() {
    CoreUnderTest core = core(false);
    UUID stop = guarded(core, List.of());
    core.followed(stop(stop, "open", "0.0007"));

    core.followed(Samples.info("OSTOP", stop.toString(), "open", "0.0003", "49000.0", "0.0004999"));

    assertThat(core.facts(ProtectionFact.Amended.class)).isEmpty();
    assertThat(core.facts(Fact.InvariantViolated.class)).isEmpty();
    core.followed(stop(stop, "closed", BOUGHT));
    assertThat(core.last(Fact.OrderEnded.class, stop).execution().volume())
        .isEqualByComparingTo(BOUGHT);
  }

  @Test
  void anUnknownChangeIsMadeAgainBeforeAnySellGoesOut() {
    CoreUnderTest core = core(false);
    guarded(core, List.of(new TakeProfit(new BigDecimal("51000"), new BigDecimal("0.5"))));
    core.step(new Message.PriceSeen("BTC/USD", price(core, "51000.0")));
    Effect.Amend asked = core.last(Effect.Amend.class);
    core.forgetEffects();

    core.step(
        new Message.AmendFinished(asked.orderId(), asked.deadline(), core.failure("AmendOrder")));
    core.pass(Duration.ofSeconds(2));

    assertThat(core.effects(Effect.SendOrder.class)).isEmpty();
    assertThat(core.last(Effect.Amend.class).volume()).isEqualByComparingTo("0.0004999");
    amended(core);
    assertThat(core.effects(Effect.SendOrder.class)).hasSize(1);
  }

  @Test
  void aStopThatIsRefusedAgainAndAgainAlarmsAndIsTriedOn() {
    CoreUnderTest core = core(false);
    bought(core, List.of());

    refuse(core, 3, "EOrder:Insufficient funds");

    assertThat(core.facts(ProtectionFact.Failed.class)).hasSize(1);
    assertThat(core.effects(Effect.Alarm.class).getLast().text()).contains("is not protected");
    assertThat(core.lastIntent().intent().stops()).isTrue();
  }

  @Test
  void byPolicyWhatCannotBeProtectedIsSoldAtTheMarket() {
    CoreUnderTest core = core(true);
    bought(core, List.of());

    refuse(core, 3, "EOrder:Insufficient funds");

    Effect.SendOrder sold = core.last(Effect.SendOrder.class);
    assertThat(sold.request().orderType()).isEqualTo("market");
    assertThat(sold.request().side()).isEqualTo("sell");
    assertThat(new BigDecimal(sold.request().volume())).isEqualByComparingTo(BOUGHT);
  }

  @Test
  void anExchangeThatTakesNothingAtTheMomentClosesNoPosition() {
    CoreUnderTest core = core(true);
    bought(core, List.of());

    refuse(core, 5, "EService:Market in maintenance mode");

    assertThat(core.facts(ProtectionFact.Failed.class)).hasSize(1);
    assertThat(core.lastIntent().intent().stops()).isTrue();
  }

  private static void refuse(CoreUnderTest core, int times, String error) {
    for (int i = 0; i < times; i++) {
      core.addOrder(core.lastIntent().orderId(), new AddOrderVerdict.NotPlaced(error, true));
      core.pass(Duration.ofSeconds(61));
    }
  }

  @Test
  void whileAllIsHaltedNoStopIsPlacedAndAPersonIsToldUntilTradingGoesOn() {
    CoreUnderTest core = core(false);
    core.arrives(
        "msg",
        "body",
        Samples.protectedBy(core.signal(Action.BUY), STOP, List.of()),
        core.freshMarket());
    UUID entry = core.lastIntent().orderId();
    core.addOrder(entry, new AddOrderVerdict.Placed("OENTRY"));
    core.step(new Message.Halt("ALL", "anna", "news"));
    core.forgetEffects();

    core.followed(Samples.info("OENTRY", entry.toString(), "closed", BOUGHT, "50010.0"));
    core.pass(Duration.ofSeconds(15));

    assertThat(core.effects(Effect.SendOrder.class)).isEmpty();
    assertThat(core.effects(Effect.Alarm.class)).hasSize(1);
    core.step(new Message.Resume("anna", "over"));
    assertThat(core.last(Effect.SendOrder.class).request().orderType()).isEqualTo("stop-loss");
  }

  @Test
  void aTrailingStopFollowsThePriceUpAndNeverDown() {
    ProtectionPolicy policy = new ProtectionPolicy(false, 3, null, BigDecimal.ONE);
    CoreUnderTest core =
        CoreUnderTest.serving(
            Samples.ruleSet(Samples.generousRules("IOC")), CorePolicy.standard().with(policy));
    guarded(core, List.of());

    core.step(new Message.PriceSeen("BTC/USD", price(core, "51000.0")));
    amended(core);
    core.step(new Message.PriceSeen("BTC/USD", price(core, "50500.0")));

    assertThat(core.last(Effect.Amend.class).stop()).isEqualByComparingTo("50490.0");
    assertThat(core.effects(Effect.Amend.class)).hasSize(1);
  }

  private static MarketView price(CoreUnderTest core, String bid) {
    return Samples.market(Samples.BTC, core.now(), core.id(), "online", new BigDecimal(bid));
  }
}
