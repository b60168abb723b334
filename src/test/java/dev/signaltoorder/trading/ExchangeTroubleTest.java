package dev.signaltoorder.trading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signaltoorder.kraken.AddOrderVerdict;
import dev.signaltoorder.kraken.CallOutcome;
import dev.signaltoorder.market.MarketSnapshot;
import dev.signaltoorder.signal.Action;
import dev.signaltoorder.signal.Signal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of signals, and of the service's own questions, while Kraken has trouble. */
class ExchangeTroubleTest {
  private static final CorePolicy PARKING = parking(new Parking(2, Duration.ofSeconds(40)));

  @ParameterizedTest
  @CsvSource({
    "maintenance, exchange-maintenance",
    "cancel_only, exchange-cancel-only",
    "post_only, exchange-post-only"
  })
  void theSystemsStatusIsAReasonOfItsOwn(String status, String reason) {
    // Given
    CoreUnderTest core = CoreUnderTest.serving();

    // When
    core.arrives("msg", "body", core.signal(Action.BUY), market(core, status));

    // Then
    assertThat(core.lastOutcome()).isEqualTo("REJECTED");
    assertThat(reasons(core)).contains(reason, "pair-status");
  }

  @ParameterizedTest
  @CsvSource({
    "EOrder:Rate limit exceeded, exchange-rate-limited",
    "EGeneral:Too many requests, exchange-rate-limited",
    "EService:Market in cancel_only mode, exchange-cancel-only",
    "EService:Market in post_only mode, exchange-post-only",
    "EGeneral:Temporary lockout, exchange-lockout"
  })
  void whatKrakenAnswersToOneOrderHoldsTheNextEntryBack(String error, String reason) {
    // Given
    CoreUnderTest core = CoreUnderTest.serving();
    refused(core, core.intended(), error);

    // When
    core.arrives(Action.BUY);

    // Then
    assertThat(reasons(core)).containsExactly(reason);
    core.pass(Duration.ofMinutes(16));
    core.balances("1000000", "1");
    core.keysChecked(false);
    core.arrives(Action.BUY);
    assertThat(reasons(core)).doesNotContain(reason);
  }

  @Test
  void theBreakerOpensHoldsEntriesBackAndClosesByItself() {
    // Given
    CoreUnderTest core = CoreUnderTest.serving();
    UUID held = core.open();
    core.followed(Samples.info("OABC", held.toString(), "closed", "0.0009998", "50010.0"));
    for (int i = 0; i < 6; i++) {
      core.step(new Message.Followed(core.failure("QueryOrders"), 100));
    }
    assertThat(core.status().exchange().breaker()).isEqualTo("OPEN");

    // When, then: an entry is refused, an exit is not
    core.arrives(Action.BUY);
    assertThat(reasons(core)).containsExactly("exchange-down");
    core.arrives(Action.CLOSE);
    assertThat(core.lastOutcome()).isEqualTo("PENDING");
    core.addOrder(core.lastIntent().orderId(), new AddOrderVerdict.NotPlaced("too late", false));

    // When, then: it probes, and is closed by good answers
    core.pass(Duration.ofSeconds(11));
    assertThat(core.status().exchange().breaker()).isEqualTo("HALF_OPEN");
    core.pass(Duration.ofSeconds(31));
    core.balances("1000000", "1");
    core.step(new Message.Followed(core.shown(Map.of()), 100));
    assertThat(core.status().exchange().breaker()).isEqualTo("CLOSED");
    core.arrives(Action.BUY);
    assertThat(core.lastOutcome()).as(() -> reasons(core).toString()).isEqualTo("PENDING");
  }

  @Test
  void aProbeThatFailsOpensItForLonger() {
    // Given
    ExchangeHealth health = new ExchangeHealth();
    Instant now = Samples.NOW;
    for (int i = 0; i < 4; i++) {
      health.learn(failed(now), now);
    }
    Instant probe = now.plusSeconds(10);
    assertThat(health.breaker(probe)).isEqualTo(ExchangeHealth.Breaker.HALF_OPEN);

    // When
    health.learn(failed(probe), probe);

    // Then
    assertThat(health.breaker(probe.plusSeconds(19))).isEqualTo(ExchangeHealth.Breaker.OPEN);
    assertThat(health.breaker(probe.plusSeconds(20))).isEqualTo(ExchangeHealth.Breaker.HALF_OPEN);
  }

  @Test
  void aFewFailuresAmongManyAnswersDoNotOpenIt() {
    ExchangeHealth health = new ExchangeHealth();
    for (int i = 0; i < 100; i++) {
      Instant now = Samples.NOW.plusSeconds(i);
      boolean fails = i % 2 == 0;
      CallOutcome outcome = fails ? Samples.noReply() : Samples.reply("{\"error\":[]}");
      health.learn(Samples.call(new UUID(0x7000, i), "Balance", now, outcome), now);
    }

    assertThat(health.breaker(Samples.NOW.plusSeconds(100)))
        .isEqualTo(ExchangeHealth.Breaker.CLOSED);
  }

  @Test
  void aLockoutStopsEveryQuestionAndIsWrittenDown() {
    // Given
    CoreUnderTest core = CoreUnderTest.serving();
    core.inDoubt();
    refused(core, core.intended(), "EGeneral:Temporary lockout");
    core.forgetEffects();

    // When
    core.pass(Duration.ofMinutes(14));

    // Then
    assertThat(questions(core)).isEmpty();
    assertThat(core.facts(Fact.AccountLockedOut.class).getLast().until())
        .isEqualTo(Samples.NOW.plus(Duration.ofMinutes(15)));
    assertThat(core.status().exchange().lockedOut()).isTrue();
    core.pass(Duration.ofMinutes(2));
    assertThat(questions(core)).isNotEmpty();
  }

  @Test
  void aRestartDoesNotForgetTheLockout() {
    // Given
    CoreUnderTest core = CoreUnderTest.serving();
    core.inDoubt();
    refused(core, core.intended(), "EGeneral:Temporary lockout");
    core.pass(Duration.ofMinutes(5));
    core.restart();
    core.forgetEffects();

    // When
    core.pass(Duration.ofMinutes(9));

    // Then
    assertThat(questions(core)).isEmpty();
    core.pass(Duration.ofMinutes(2));
    assertThat(questions(core)).isNotEmpty();
  }

  @Test
  void aClockSteppedBackDoesNotProlongALockoutForEver() {
    // Given
    CoreUnderTest core = CoreUnderTest.serving();
    refused(core, core.intended(), "EGeneral:Temporary lockout");
    core.stepClock(Duration.ofHours(-1));
    core.restart();
    core.forgetEffects();

    // When
    core.pass(Duration.ofMinutes(16));

    // Then
    assertThat(questions(core)).isNotEmpty();
  }

  @Test
  void aParkedSignalIsJudgedAnewWhenKrakenIsBack() {
    // Given
    CoreUnderTest core = parkingCore();
    core.arrives("msg", "body", core.signal(Action.BUY), market(core, "maintenance"));
    UUID signalId = core.state().undecided().keySet().iterator().next();
    core.pass(Duration.ofSeconds(10));
    assertThat(core.state().undecided()).hasSize(1);
    assertThat(core.status().exchange().parkedSignals()).isEqualTo(1);

    // When
    core.step(new Message.MarketReady(signalId, market(core, "online")));

    // Then
    assertThat(core.lastOutcome()).isEqualTo("PENDING");
    assertThat(core.status().exchange().parkedSignals()).isZero();
  }

  @Test
  void aParkedSignalExpiresWithItsReason() {
    // Given
    CoreUnderTest core = parkingCore();
    core.arrives("msg", "body", core.signal(Action.BUY), market(core, "maintenance"));

    // When
    core.pass(Duration.ofSeconds(41));

    // Then
    assertThat(core.lastOutcome()).isEqualTo("EXPIRED");
    assertThat(reasons(core)).contains("exchange-maintenance");
  }

  @Test
  void aParkedSignalDoesNotOutliveItsOwnExpiry() {
    // Given
    CoreUnderTest core = parkingCore();
    Signal signal = Samples.expiring(core.signal(Action.BUY), core.now().plusSeconds(12));
    core.arrives("msg", "body", signal, market(core, "maintenance"));

    // When
    core.pass(Duration.ofSeconds(13));

    // Then
    assertThat(core.lastOutcome()).isEqualTo("EXPIRED");
  }

  @Test
  void onlySoManyAreParked() {
    // Given
    CoreUnderTest core = parkingCore();
    core.arrives("one", "body", core.signal(Action.BUY), market(core, "maintenance"));
    core.arrives("two", "body", core.signal(Action.BUY), market(core, "maintenance"));

    // When
    core.arrives("three", "body", core.signal(Action.BUY), market(core, "maintenance"));

    // Then
    assertThat(core.state().undecided()).hasSize(2);
    assertThat(core.lastOutcome()).isEqualTo("REJECTED");
    assertThat(reasons(core)).contains("exchange-maintenance");
  }

  @Test
  void aParkedSignalStaysParkedOverARestartAndIsStillBounded() {
    // Given
    CoreUnderTest core = parkingCore();
    core.arrives("msg", "body", core.signal(Action.BUY), market(core, "maintenance"));
    core.pass(Duration.ofSeconds(20));
    core.restart();

    // When
    core.pass(Duration.ofSeconds(60));

    // Then
    assertThat(core.state().undecided()).isEmpty();
  }

  @Test
  void questionsGrowRareWhileKrakenIsAwayForHours() {
    // Given
    CoreUnderTest core = CoreUnderTest.serving();
    core.open();
    core.forgetEffects();

    // When: an hour without an answer
    int answered = 0;
    for (int second = 0; second < 3_600; second++) {
      core.pass(Duration.ofSeconds(1));
      List<Effect.Follow> follows = core.effects(Effect.Follow.class);
      if (answered < follows.size()) {
        answered++;
        core.step(new Message.Followed(core.failure("QueryOrders"), 100));
      }
      if (!core.effects(Effect.ReadBalances.class).isEmpty()) {
        Effect.ReadBalances asked = core.last(Effect.ReadBalances.class);
        core.step(new Message.BalancesAnswered(asked.asOf(), core.failure("BalanceEx"), Map.of()));
      }
    }

    // Then: about one a minute
    assertThat(answered).isBetween(30, 90);
  }

  private static CoreUnderTest parkingCore() {
    return CoreUnderTest.serving(Samples.ruleSet(Samples.generousRules("GTC")), PARKING);
  }

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

  private static dev.signaltoorder.kraken.CallRecord failed(Instant now) {
    return Samples.call(new UUID(0x7000, 1), "Balance", now, Samples.noReply());
  }

  private static void refused(CoreUnderTest core, UUID orderId, String error) {
    CallOutcome outcome =
        new CallOutcome.Reply(
            200, ("{\"error\":[\"" + error + "\"]}").getBytes(StandardCharsets.UTF_8), true);
    core.step(
        new Message.AddOrderFinished(
            orderId, core.call("AddOrder", outcome), new AddOrderVerdict.NotPlaced(error, true)));
  }

  private static List<Effect> questions(CoreUnderTest core) {
    return core.effects(Effect.class).stream()
        .filter(
            effect ->
                effect instanceof Effect.LookUp
                    || effect instanceof Effect.Follow
                    || effect instanceof Effect.Cancel
                    || effect instanceof Effect.ReadBalances
                    || effect instanceof Effect.CheckKeys
                    || effect instanceof Effect.SendOrder)
        .toList();
  }

  private static List<String> reasons(CoreUnderTest core) {
    return core.facts(Fact.SignalDecided.class).getLast().decision().reasons();
  }

  private static MarketView market(CoreUnderTest core, String systemStatus) {
    MarketView online = core.freshMarket();
    MarketSnapshot s = Objects.requireNonNull(online.snapshot());
    return new MarketView(
        online.pair(),
        null,
        false,
        new MarketSnapshot(
            s.snapshotId(),
            s.pair(),
            s.bid(),
            s.ask(),
            s.last(),
            s.mid(),
            s.spreadBps(),
            s.bidDepth(),
            s.askDepth(),
            s.volume24h(),
            s.vwap24h(),
            systemStatus,
            s.takenAt(),
            s.origin()),
        null,
        online.calls());
  }
}
