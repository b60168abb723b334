package dev.signaltoorder.trading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signaltoorder.kraken.AddOrderVerdict;
import dev.signaltoorder.risk.RuleSet;
import dev.signaltoorder.signal.Action;
import dev.signaltoorder.signal.FieldProblem;
import dev.signaltoorder.signal.Receipt;
import dev.signaltoorder.signal.Signal;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class AccountCoreTest {

  @Test
  void aSignalWithAFreshMarketIsDecidedAndIntendedInTheSameCommit() {
    // Given
    CoreUnderTest core = CoreUnderTest.serving();

    // When
    Step step = core.arrives(Action.BUY);

    // Then
    assertThat(CoreUnderTest.kinds(step))
        .isEqualTo("signal-received, market-read, signal-decided, order-intended");
    assertThat(step.answer()).isInstanceOf(Receipt.Accepted.class);
    assertThat(step.inbox()).hasSize(1);
    Fact.OrderIntended intended = core.lastIntent();
    assertThat(step.effects())
        .containsExactly(
            new Effect.SendOrder(
                intended.orderId(),
                Wire.addOrder(intended.intent()),
                core.now().plus(CorePolicy.standard().sendWithin()),
                false));
    assertThat(intended.intent().deadline()).isEqualTo(core.now().plusSeconds(10));
    assertThat(intended.intent().clientOrderId()).isEqualTo(intended.orderId().toString());
  }

  @Test
  void onlySellsThatThePositionCoversGoOutOnceEntriesAreHalted() {
    CoreUnderTest core = CoreUnderTest.serving();
    core.holding();
    core.arrives(Action.CLOSE);
    assertThat(core.last(Effect.SendOrder.class).leaves()).isTrue();

    // All of it is being sold: this sells what somebody else holds.
    core.arrives(Action.SELL);

    assertThat(core.lastOutcome()).isEqualTo("PENDING");
    assertThat(core.last(Effect.SendOrder.class).leaves()).isFalse();
  }

  @Test
  void aSignalWithoutAPriceIsTakenAndWaits() {
    // Given
    CoreUnderTest core = CoreUnderTest.serving();

    // When
    Step step = core.arrives("msg", "body", core.signal(Action.BUY), core.noPrice(Samples.BTC));

    // Then
    assertThat(CoreUnderTest.kinds(step)).isEqualTo("signal-received");
    assertThat(step.answer()).isInstanceOf(Receipt.Accepted.class);
    assertThat(step.effects()).hasOnlyElementsOfType(Effect.WantMarket.class).hasSize(1);
    assertThat(core.state().undecided()).hasSize(1);
  }

  @Test
  void aWaitingSignalIsDecidedWhenItsPriceArrives() {
    // Given
    CoreUnderTest core = CoreUnderTest.serving();
    core.arrives("msg", "body", core.signal(Action.BUY), core.noPrice(Samples.BTC));
    UUID signalId = core.last(Effect.WantMarket.class).signalId();

    // When
    Step step = core.step(new Message.MarketReady(signalId, core.freshMarket()));

    // Then
    assertThat(CoreUnderTest.kinds(step)).isEqualTo("market-read, signal-decided, order-intended");
    assertThat(core.state().undecided()).isEmpty();
  }

  @Test
  void aPriceThatArrivesTwiceDecidesOnce() {
    // Given
    CoreUnderTest core = CoreUnderTest.serving();
    core.arrives("msg", "body", core.signal(Action.BUY), core.noPrice(Samples.BTC));
    UUID signalId = core.last(Effect.WantMarket.class).signalId();
    core.step(new Message.MarketReady(signalId, core.freshMarket()));

    // When
    Step step = core.step(new Message.MarketReady(signalId, core.freshMarket()));

    // Then
    assertThat(step.facts()).isEmpty();
    assertThat(step.effects()).isEmpty();
  }

  @Test
  void aSignalWhoseTimeIsUpIsJudgedWithWhatThereIs() {
    // Given
    CoreUnderTest core = CoreUnderTest.serving();
    core.arrives("msg", "body", core.signal(Action.BUY), core.noPrice(Samples.BTC));

    // When
    core.pass(CorePolicy.standard().decideWithin());

    // Then
    assertThat(core.lastOutcome()).isEqualTo("REJECTED");
    assertThat(core.facts(Fact.OrderIntended.class)).isEmpty();
    assertThat(core.effects(Effect.WantMarket.class).size()).isGreaterThan(3);
  }

  @Test
  void aClockThatStepsBackDoesNotKeepASignalWaiting() {
    // Given
    CoreUnderTest core = CoreUnderTest.serving();
    core.arrives("msg", "body", core.signal(Action.BUY), core.noPrice(Samples.BTC));
    core.stepClock(Duration.ofHours(-1));
    core.tick();

    // When
    core.pass(CorePolicy.standard().decideWithin());

    // Then
    assertThat(core.state().undecided()).isEmpty();
    assertThat(core.facts(Fact.OrderIntended.class)).isEmpty();
  }

  @Test
  void theSameDeliveryAgainIsADuplicateAndChangesNothing() {
    // Given
    CoreUnderTest core = CoreUnderTest.serving();
    Signal signal = core.signal(Action.BUY);
    core.arrives("msg", "body", signal, core.freshMarket());
    UUID first = core.facts(Fact.SignalReceived.class).getLast().signalId();

    // When
    Step step = core.arrives("msg", "body", signal, core.freshMarket());

    // Then
    assertThat(step.answer()).isEqualTo(new Receipt.Duplicate(first));
    assertThat(step.facts()).isEmpty();
    assertThat(step.effects()).isEmpty();
    assertThat(step.inbox()).isEmpty();
  }

  @Test
  void theSameDeliveryIdWithAnotherBodyIsAConflictThatIsRecordedAndNotTraded() {
    // Given
    CoreUnderTest core = CoreUnderTest.serving();
    core.arrives("msg", "body", core.signal(Action.BUY), core.freshMarket());
    UUID first = core.facts(Fact.SignalReceived.class).getLast().signalId();

    // When
    Step step = core.arrives("msg", "other", core.signal(Action.SELL), core.freshMarket());

    // Then
    assertThat(step.answer()).isEqualTo(new Receipt.Conflict(first));
    assertThat(CoreUnderTest.kinds(step)).isEqualTo("delivery-conflict");
    assertThat(step.effects()).isEmpty();
  }

  @Test
  void aDuplicateIsKnownAfterARestart() {
    // Given
    CoreUnderTest core = CoreUnderTest.serving();
    Signal signal = core.signal(Action.BUY);
    core.arrives("msg", "body", signal, core.freshMarket());
    core.restart();

    // When
    Step step = core.arrives("msg", "body", signal, core.freshMarket());

    // Then
    assertThat(step.answer()).isInstanceOf(Receipt.Duplicate.class);
  }

  @Test
  void anInvalidSignalIsRecordedAndItsDeliveryIdIsTaken() {
    // Given
    CoreUnderTest core = CoreUnderTest.serving();
    Message.InvalidArrived invalid =
        new Message.InvalidArrived(
            Samples.delivery(core.id(), "msg", "body", core.now()),
            List.of(new FieldProblem("/data/pair", "missing", "a pair")));
    core.step(invalid);

    // When
    Step again = core.step(invalid);

    // Then
    assertThat(core.facts(Fact.SignalInvalid.class)).hasSize(1);
    assertThat(again.answer()).isInstanceOf(Receipt.Duplicate.class);
  }

  @Test
  void aHaltClosesTheGateAndLaterSignalsAreHalted() {
    // Given
    CoreUnderTest core = CoreUnderTest.serving();

    // When
    Step halt = core.step(new Message.Halt("ALL", "anna", "news"));

    // Then
    assertThat(CoreUnderTest.kinds(halt)).isEqualTo("trading-halted");
    assertThat(halt.effects()).containsExactly(new Effect.CloseGate("halted (ALL) by anna", false));
    Step signal = core.arrives(Action.BUY);
    assertThat(core.lastOutcome()).isEqualTo("HALTED");
    assertThat(signal.answer()).isInstanceOf(Receipt.Accepted.class);
    assertThat(core.effects(Effect.SendOrder.class)).isEmpty();
  }

  @Test
  void aHaltOfEntriesLetsWhatIsHeldBeSold() {
    // Given
    CoreUnderTest core = CoreUnderTest.serving();
    core.holding();
    Step halt = core.step(new Message.Halt("ENTRIES", "anna", "news"));
    core.forgetEffects();

    // When
    core.arrives(Action.CLOSE);

    // Then
    assertThat(halt.effects())
        .containsExactly(new Effect.CloseGate("halted (ENTRIES) by anna", true));
    assertThat(core.effects(Effect.SendOrder.class)).hasSize(1);
    assertThat(core.last(Effect.SendOrder.class).request().side()).isEqualTo("sell");
  }

  @Test
  void aHaltOutlivesARestartAndEndsWithAResume() {
    // Given
    CoreUnderTest core = CoreUnderTest.serving();
    core.step(new Message.Halt("ALL", "anna", "news"));
    core.restart();
    core.keysChecked(false);
    assertThat(core.state().halt()).isNotNull();

    // When
    Step resume = core.step(new Message.Resume("anna", "over"));

    // Then
    assertThat(resume.effects()).containsExactly(new Effect.OpenGate());
    core.arrives(Action.BUY);
    assertThat(core.lastOutcome()).isEqualTo("PENDING");
  }

  @Test
  void otherConfiguredRulesAreTheNextVersionAtTheNextStart() {
    // Given
    CoreUnderTest core = CoreUnderTest.serving();
    core.stepClock(Duration.ofHours(1));
    var changed = Samples.generousRules("GTC");
    Samples.set(changed, "max-order-notional", "limit", "49");
    RuleSet configured =
        new RuleSet(1, core.now(), "configuration", "the configured rules", changed);

    // When
    core.restart(configured);

    // Then
    RuleSet active = core.state().ruleBook().active();
    assertThat(active)
        .isEqualTo(new RuleSet(2, core.now(), "configuration", "the configured rules", changed));
    core.keysChecked(false);
    core.arrives(Action.BUY);
    Fact.SignalDecided decided = core.facts(Fact.SignalDecided.class).getLast();
    assertThat(decided.decision().ruleSetVersion()).isEqualTo(2);
    assertThat(decided.decision().reasons()).contains("max-order-notional");
    core.stepClock(Duration.ofHours(1));
    core.restart(new RuleSet(1, core.now(), "configuration", "the configured rules", changed));
    assertThat(core.state().ruleBook().active()).isEqualTo(active);
    assertThat(core.facts(Fact.RulesActivated.class)).hasSize(2);
  }

  @Test
  void otherConfiguredRulesDoNotTakeTheNumberOfRulesThatWait() {
    CoreUnderTest core = CoreUnderTest.serving();
    RuleSet waiting = new RuleSet(2, core.now(), "anna", "more", Samples.generousRules("GTC"));
    core.step(
        new Message.ProposeRules(
            new RuleProposal(waiting, List.of("a line"), core.now().plusSeconds(600))));

    core.restart(Samples.ruleSet(Samples.generousRules("IOC")));

    assertThat(core.state().ruleBook().active())
        .isNotNull()
        .extracting(RuleSet::version)
        .isEqualTo(3L);
    assertThat(core.step(new Message.ConfirmRules(2, "bert")).answer())
        .isEqualTo(new CommandResult(false, "no rules of version 2 are proposed"));
  }

  @Test
  void otherConfiguredRulesAreIgnoredOnceAnOperatorHasSetSome() {
    CoreUnderTest core = CoreUnderTest.serving();
    RuleSet byAnna = new RuleSet(2, core.now(), "anna", "her own", Samples.generousRules("GTC"));
    core.step(new Message.ActivateRules(byAnna));

    core.restart(Samples.ruleSet(Samples.generousRules("IOC")));

    assertThat(core.state().ruleBook().active()).isEqualTo(byAnna);
  }

  @Test
  void aHaltThatCancelsAllCancelsEveryOpenOrder() {
    // Given
    CoreUnderTest core = CoreUnderTest.serving();
    UUID orderId = core.open();
    core.step(new Message.Halt("CANCEL_ALL", "anna", "news"));

    // When
    Step tick = core.tick();

    // Then
    assertThat(tick.effects()).contains(new Effect.Cancel(orderId, "OABC"));
  }

  @Test
  void nothingIsTradedBeforeTheKeysWereChecked() {
    // Given
    CoreUnderTest core = CoreUnderTest.serving();
    core.restart();
    core.arrives(Action.BUY);

    // When
    core.pass(CorePolicy.standard().decideWithin());

    // Then
    assertThat(core.lastOutcome()).isEqualTo("HALTED");
  }

  @Test
  void anOldSignalIsExpired() {
    // Given
    CoreUnderTest core = CoreUnderTest.serving();
    Signal old =
        Samples.signal(Action.BUY, "breakout", "BTC/USD", "50", core.now().minusSeconds(61));

    // When
    core.arrives("msg", "body", old, core.freshMarket());

    // Then
    assertThat(core.lastOutcome()).isEqualTo("EXPIRED");
    assertThat(core.effects(Effect.SendOrder.class)).isEmpty();
  }

  @Test
  void aSignalThatExpiresWhileItWaitsIsExpired() {
    // Given
    CoreUnderTest core = CoreUnderTest.serving();
    Signal brief = Samples.expiring(core.signal(Action.BUY), core.now().plusSeconds(2));
    core.arrives("msg", "body", brief, core.noPrice(Samples.BTC));

    // When
    core.stepClock(Duration.ofSeconds(3));
    core.tick();

    // Then
    assertThat(core.lastOutcome()).isEqualTo("EXPIRED");
  }

  @Test
  void aCloseWithNothingHeldIsDone() {
    // Given
    CoreUnderTest core = CoreUnderTest.serving();

    // When
    core.arrives(Action.CLOSE);

    // Then
    assertThat(core.lastOutcome()).isEqualTo("DONE");
    assertThat(core.effects(Effect.SendOrder.class)).isEmpty();
  }

  @Test
  void aCloseSellsExactlyWhatTheStrategyHolds() {
    // Given
    CoreUnderTest core = CoreUnderTest.serving();
    core.holding();

    // When
    core.arrives(Action.CLOSE);

    // Then
    assertThat(core.last(Effect.SendOrder.class).request().side()).isEqualTo("sell");
    assertThat(core.last(Effect.SendOrder.class).request().volume()).isEqualTo("0.00099980");
  }

  @Test
  void aCancelWithNothingOpenIsDone() {
    // Given
    CoreUnderTest core = CoreUnderTest.serving();

    // When
    core.arrives(Action.CANCEL);

    // Then
    assertThat(core.lastOutcome()).isEqualTo("DONE");
    assertThat(core.effects(Effect.Cancel.class)).isEmpty();
  }

  @Test
  void aCancelIsDoneWhenItsOrdersHaveEnded() {
    // Given
    CoreUnderTest core = CoreUnderTest.serving();
    UUID orderId = core.open();
    Step cancel = core.arrives(Action.CANCEL);
    assertThat(CoreUnderTest.kinds(cancel)).endsWith("signal-decided, cancel-wanted");
    assertThat(cancel.effects()).contains(new Effect.Cancel(orderId, "OABC"));
    core.tick();
    assertThat(core.facts(Fact.CancelDone.class)).isEmpty();

    // When
    core.followed(Samples.info("OABC", orderId.toString(), "canceled", "0", "0"));
    core.tick();

    // Then
    assertThat(core.facts(Fact.CancelDone.class)).hasSize(1);
  }

  @Test
  void aCancelReachesAnOrderThatWasInDoubtOnceItIsFound() {
    // Given
    CoreUnderTest core = CoreUnderTest.serving();
    UUID orderId = core.inDoubt();
    core.arrives(Action.CANCEL);
    core.tick();
    assertThat(core.effects(Effect.Cancel.class)).isEmpty();
    core.looksUp(orderId, Samples.info("OABC", orderId.toString(), "open", "0", "0"));

    // When
    core.tick();

    // Then
    assertThat(core.effects(Effect.Cancel.class))
        .containsExactly(new Effect.Cancel(orderId, "OABC"));
  }

  @Test
  void aPlacedOrderIsFollowedToItsEnd() {
    // Given
    CoreUnderTest core = CoreUnderTest.serving();
    UUID orderId = core.open();
    core.pass(Duration.ofSeconds(1));
    assertThat(core.last(Effect.Follow.class).txids()).containsExactly("OABC");
    core.followed(Samples.info("OABC", orderId.toString(), "open", "0.0004", "50010.0"));
    assertThat(core.state().positions().of("BTC/USD", "breakout")).isEqualByComparingTo("0.0004");

    // When
    core.followed(Samples.info("OABC", orderId.toString(), "closed", "0.0009998", "50010.0"));

    // Then
    assertThat(core.orderState(orderId)).isNull();
    assertThat(core.last(Fact.OrderEnded.class, orderId).status()).isEqualTo("closed");
    assertThat(core.state().positions().of("BTC/USD", "breakout"))
        .isEqualByComparingTo("0.0009998");
  }

  @Test
  void fillsAreNeverTakenBack() {
    // Given
    CoreUnderTest core = CoreUnderTest.serving();
    UUID orderId = core.open();
    core.followed(Samples.info("OABC", orderId.toString(), "open", "0.0004", "50010.0"));

    // When
    Step step = core.followed(Samples.info("OABC", orderId.toString(), "closed", "0", "0"));

    // Then
    assertThat(step.effects()).hasOnlyElementsOfType(Effect.Alarm.class);
    assertThat(core.orderState(orderId)).isInstanceOf(OrderState.Open.class);
    assertThat(core.state().positions().of("BTC/USD")).isEqualByComparingTo("0.0004");
  }

  @Test
  void anAnswerThatIsLostDoesNotEndTheFollowing() {
    // Given
    CoreUnderTest core = CoreUnderTest.serving();
    core.open();
    core.pass(Duration.ofSeconds(1));
    core.forgetEffects();
    core.pass(Duration.ofMinutes(4));
    assertThat(core.effects(Effect.Follow.class)).isEmpty();

    // When
    core.pass(Duration.ofMinutes(2));

    // Then
    assertThat(core.effects(Effect.Follow.class)).hasSize(1);
  }

  @Test
  void aClockThatStepsBackDoesNotStopTheFollowing() {
    // Given
    CoreUnderTest core = CoreUnderTest.serving();
    core.open();
    core.stepClock(Duration.ofHours(-1));

    // When
    core.pass(Duration.ofSeconds(2));

    // Then
    assertThat(core.effects(Effect.Follow.class)).hasSize(1);
  }

  @Test
  void aRefusalThatKrakenProvesEndsTheOrderAndReleasesItsAllowance() {
    // Given
    CoreUnderTest core = CoreUnderTest.serving();
    UUID orderId = core.intended();
    assertThat(today(core)).isPositive();

    // When
    core.addOrder(orderId, new AddOrderVerdict.NotPlaced("EOrder:Insufficient funds", true));

    // Then
    assertThat(core.last(Fact.OrderRefused.class, orderId).error())
        .isEqualTo("EOrder:Insufficient funds");
    assertThat(today(core)).isZero();
  }

  @Test
  void anOrderThatWasNeverSentIsNotPlaced() {
    // Given
    CoreUnderTest core = CoreUnderTest.serving();
    UUID orderId = core.intended();

    // When
    core.addOrder(orderId, new AddOrderVerdict.NotPlaced("halted by anna", false));

    // Then
    assertThat(core.last(Fact.OrderNotPlaced.class, orderId).proof())
        .isEqualTo("never sent: halted by anna");
    assertThat(core.state().tallies().ordersSent()).isZero();
    assertThat(today(core)).isZero();
  }

  @Test
  void silenceAfterASendIsDoubtThatKeepsItsAllowanceAndIsNeverSentAgain() {
    // Given
    CoreUnderTest core = CoreUnderTest.serving();
    UUID orderId = core.intended();
    BigDecimal before = today(core);
    core.forgetEffects();

    // When
    core.addOrder(orderId, new AddOrderVerdict.MaybePlaced("no answer within 10 s"));
    core.pass(Duration.ofMinutes(30));

    // Then
    assertThat(core.facts(Fact.OrderInDoubt.class)).hasSize(1);
    assertThat(today(core)).isEqualTo(before);
    assertThat(core.effects(Effect.SendOrder.class)).isEmpty();
  }

  @Test
  void aSendWhoseEndIsNeverToldBecomesDoubt() {
    // Given
    CoreUnderTest core = CoreUnderTest.serving();
    UUID orderId = core.intended();
    core.forgetEffects();

    // When
    core.pass(Duration.ofMinutes(6));

    // Then
    assertThat(core.orderState(orderId)).isInstanceOf(OrderState.InDoubt.class);
    assertThat(core.effects(Effect.SendOrder.class)).isEmpty();
    assertThat(core.effects(Effect.LookUp.class)).isNotEmpty();
  }

  @Test
  void anIntentFoundAfterARestartIsLookedUpAndNeverSentAgain() {
    // Given
    CoreUnderTest core = CoreUnderTest.serving();
    UUID orderId = core.intended();
    core.forgetEffects();

    // When
    core.restart();
    core.pass(Duration.ofSeconds(1));

    // Then
    assertThat(core.orderState(orderId)).isInstanceOf(OrderState.InDoubt.class);
    assertThat(core.effects(Effect.LookUp.class))
        .extracting(Effect.LookUp::search)
        .containsExactly(new Search.One(orderId.toString()));
    assertThat(core.effects(Effect.SendOrder.class)).isEmpty();
  }

  @Test
  void aPlacedAnswerSettlesAnOrderThatWasInDoubt() {
    // Given
    CoreUnderTest core = CoreUnderTest.serving();
    UUID orderId = core.intended();
    core.restart();

    // When
    core.addOrder(orderId, new AddOrderVerdict.Placed("OABC"));

    // Then
    assertThat(core.orderState(orderId)).isEqualTo(new OrderState.Open("OABC", Execution.NONE));
  }

  @Test
  void whatIsApprovedIsNotFreeAnyMore() {
    // Given
    CoreUnderTest core = CoreUnderTest.serving();

    // When
    core.intended();

    // Then
    BigDecimal withFee =
        core.lastIntent().intent().plan().notional().multiply(new BigDecimal("1.008"));
    assertThat(core.state().holdings().free("ZUSD"))
        .isEqualByComparingTo(new BigDecimal("1000000").subtract(withFee));
  }

  @Test
  void balancesThatWereOvertakenAreNotBelieved() {
    // Given
    CoreUnderTest core = CoreUnderTest.serving();
    long asOf = core.last(Effect.ReadBalances.class).asOf();
    core.pass(Duration.ofSeconds(31));
    core.balances("900", "1");

    // When
    core.step(new Message.BalancesAnswered(asOf, core.success("BalanceEx", Map.of()), Map.of()));

    // Then
    assertThat(core.state().holdings().free("ZUSD")).isEqualByComparingTo("900");
  }

  @Test
  void theDailyLimitCountsApprovalsUntilTheyAreProvedAbsent() {
    // Given
    SortedMap<String, SortedMap<String, String>> rules = Samples.generousRules("GTC");
    Samples.set(rules, "daily-notional", "limit", "60");
    CoreUnderTest core = CoreUnderTest.serving(Samples.ruleSet(rules));
    UUID first = core.intended();
    core.arrives(Action.BUY);
    assertThat(core.lastOutcome()).isEqualTo("REJECTED");

    // When
    core.addOrder(first, new AddOrderVerdict.NotPlaced("EOrder:Insufficient funds", true));

    // Then
    core.arrives(Action.BUY);
    assertThat(core.lastOutcome()).isEqualTo("PENDING");
  }

  @Test
  void moreOrdersOutThanApprovalsHaltsTrading() {
    // Given
    CoreUnderTest core = CoreUnderTest.serving();
    UUID orderId = core.open();

    // When
    Step step = core.addOrder(orderId, new AddOrderVerdict.Placed("OXYZ"));

    // Then
    assertThat(step.effects()).hasAtLeastOneElementOfType(Effect.CloseGate.class);
    core.arrives(Action.BUY);
    assertThat(core.lastOutcome()).isEqualTo("HALTED");
  }

  @Test
  void aRuleSetSetByAPersonIsNotReplacedByTheConfiguredOne() {
    // Given
    CoreUnderTest core = CoreUnderTest.serving();
    RuleSet byPerson = new RuleSet(2, core.now(), "anna", "stricter", Samples.generousRules("IOC"));
    core.step(new Message.ActivateRules(byPerson));

    // When
    core.restart();

    // Then
    assertThat(core.state().ruleBook().active()).isEqualTo(byPerson);
  }

  @Test
  void aRuleSetThatWasOvertakenIsRefused() {
    // Given
    CoreUnderTest core = CoreUnderTest.serving();

    // When
    Step step =
        core.step(
            new Message.ActivateRules(
                new RuleSet(1, core.now(), "anna", "late", Samples.generousRules("IOC"))));

    // Then
    assertThat(step.facts()).isEmpty();
    assertThat(step.answer())
        .isEqualTo(new CommandResult(false, "the rules changed meanwhile: version 1"));
  }

  @Test
  void aRestartFoldsToTheStateThatWasLivedIn() {
    // Given
    CoreUnderTest core = CoreUnderTest.serving();
    core.holding();
    core.inDoubt();
    UUID open = core.open();
    core.followed(Samples.info("OABC", open.toString(), "open", "0.0002", "50010.0"));
    core.arrives(Action.CANCEL);
    core.arrives("parked", "body", core.signal(Action.BUY), core.noPrice(Samples.BTC));
    core.pass(Duration.ofSeconds(1));
    core.step(new Message.Halt("ENTRIES", "anna", "news"));

    // When
    AccountState folded = core.fold();

    // Then
    assertThat(Snapshot.of(folded)).isEqualTo(Snapshot.of(core.state()));
    assertThat(folded.undecided()).hasSize(1);
    assertThat(folded.liveOrders()).hasSize(2);
    assertThat(folded.cancels()).hasSize(1);
  }

  @Test
  void aReplayMayTakeTheRowsOfTheReadModelAfterAnyFact() {
    // Given
    CoreUnderTest core = CoreUnderTest.serving();
    core.holding();
    core.open();
    core.arrives(Action.CANCEL);
    AccountState folded = new AccountState();

    // When
    for (Fact fact : core.facts()) {
      folded.apply(fact);
      folded.takeTouched();
    }

    // Then
    assertThat(Snapshot.of(folded)).isEqualTo(Snapshot.of(core.state()));
  }

  private static BigDecimal today(CoreUnderTest core) {
    return core.state().approvals().notionalOf("ZUSD", core.now());
  }
}
