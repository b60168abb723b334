package dev.signaltoorder.trading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signaltoorder.kraken.AddOrderVerdict;
import dev.signaltoorder.kraken.Answer;
import dev.signaltoorder.market.PairRules;
import dev.signaltoorder.signal.Action;
import dev.signaltoorder.signal.Signal;
import dev.signaltoorder.signal.TakeProfit;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Kraken changes what it takes in a pair while a position is protected there. */
class PairChangesTest {
  private static final BigDecimal STOP = new BigDecimal("49000.3");
  private static final String BOUGHT = "0.0009998";
  private static final String TICK = "EOrder:Tick size check failed";
  private static final PairRules COARSE = rules(0, "1", 8, "0.00005", "0.5");

  private CoreUnderTest core = core(null, false);

  private static CoreUnderTest core(@Nullable BigDecimal trailBy, boolean close) {
    CorePolicy policy = CorePolicy.standard().with(new ProtectionPolicy(close, 3, null, trailBy));
    return CoreUnderTest.serving(Samples.ruleSet(Samples.generousRules("IOC")), policy);
  }

  private static PairRules rules(
      int priceDecimals, String tick, int lotDecimals, String orderMin, String costMin) {
    PairRules btc = Samples.BTC;
    return new PairRules(
        btc.symbol(),
        btc.altname(),
        btc.key(),
        btc.wsname(),
        btc.base(),
        btc.quote(),
        priceDecimals,
        lotDecimals,
        btc.costDecimals(),
        new BigDecimal(tick),
        new BigDecimal(orderMin),
        new BigDecimal(costMin),
        btc.status());
  }

  @AfterEach
  void theFactsSayAll() {
    assertThat(DeepComparison.differences(core.state(), core.fold())).isEmpty();
  }

  private void bought(TakeProfit... targets) {
    Signal signal = Samples.protectedBy(core.signal(Action.BUY), STOP, List.of(targets));
    core.arrives("msg-" + core.id(), "body", signal, core.freshMarket());
    UUID entry = core.lastIntent().orderId();
    core.addOrder(entry, new AddOrderVerdict.Placed("OENTRY"));
    core.followed(Samples.info("OENTRY", entry.toString(), "closed", BOUGHT, "50010.0"));
    core.forgetEffects();
  }

  private void guarded(TakeProfit... targets) {
    bought(targets);
    core.addOrder(core.lastIntent().orderId(), new AddOrderVerdict.Placed("OSTOP"));
  }

  private void seen(PairRules pair, String bid) {
    core.step(
        new Message.PriceSeen(
            "BTC/USD", Samples.market(pair, core.now(), core.id(), "online", new BigDecimal(bid))));
  }

  private void refuse(Effect.Amend asked, String error) {
    core.step(
        new Message.AmendFinished(
            asked.orderId(),
            asked.deadline(),
            new Answer.Failure<>(
                core.call("AmendOrder", Samples.reply("{\"error\":[\"" + error + "\"]}")),
                error,
                true)));
  }

  private void amended(Effect.Amend asked) {
    core.step(
        new Message.AmendFinished(
            asked.orderId(), asked.deadline(), core.success("AmendOrder", "TAMEND")));
  }

  private ProtectionStatus status() {
    assertThat(core.status().protections()).hasSize(1);
    return core.status().protections().getFirst();
  }

  private List<ProtectionFact.PairChanged> changes() {
    return core.facts(ProtectionFact.PairChanged.class);
  }

  private void stopsRefused(int times, String error) {
    for (int i = 0; i < times; i++) {
      UUID stop = core.lastIntent().orderId();
      assertThat(core.lastIntent().intent().stops()).isTrue();
      core.addOrder(stop, new AddOrderVerdict.NotPlaced(error, true));
      for (int s = 0; s < 120 && core.lastIntent().orderId().equals(stop); s++) {
        core.pass(Duration.ofSeconds(1));
      }
    }
  }

  @Test
  void aChangeThatIsRefusedForTheTickIsMadeOnTheNewOne() {
    core = core(BigDecimal.ONE, false);
    guarded();
    seen(Samples.BTC, "60000.7");
    refuse(core.last(Effect.Amend.class), TICK);
    seen(COARSE, "60001");
    for (int second = 0; second < 5; second++) {
      core.pass(Duration.ofSeconds(1));
    }

    Effect.Amend again = core.last(Effect.Amend.class);
    assertThat(again.stop()).isEqualTo(new BigDecimal("59401"));
    amended(again);
    assertThat(status().state()).isEqualTo("PROTECTED");
    assertThat(changes()).hasSize(1);

    seen(COARSE, "61000");
    assertThat(core.last(Effect.Amend.class).stop()).isEqualByComparingTo("60390");
  }

  @Test
  void aStopThatIsRefusedForTheTickIsPlacedOnTheNewOne() {
    bought();
    stopsRefused(1, TICK);
    assertThat(core.effects(Effect.WantPrice.class)).isNotEmpty();
    UUID before = core.lastIntent().orderId();
    core.addOrder(before, new AddOrderVerdict.NotPlaced(TICK, true));
    seen(COARSE, "49990");
    core.pass(Duration.ofSeconds(5));

    assertThat(core.lastIntent().orderId()).isNotEqualTo(before);
    assertThat(core.lastIntent().intent().plan().referencePrice())
        .isEqualTo(new BigDecimal("49001"));
    core.addOrder(core.lastIntent().orderId(), new AddOrderVerdict.Placed("OSTOP"));
    assertThat(status().state()).isEqualTo("PROTECTED");
  }

  @Test
  void whatIsRefusedIsLookedIntoThoughNothingElseNeedsThePrice() {
    guarded();
    core.pass(Duration.ofSeconds(2));
    boolean before = !core.effects(Effect.WantPrice.class).isEmpty();
    core.arrives(Action.BUY);
    UUID entry = core.lastIntent().orderId();
    core.addOrder(entry, new AddOrderVerdict.Placed("OMORE"));
    core.followed(Samples.info("OMORE", entry.toString(), "closed", BOUGHT, "50010.0"));
    refuse(core.last(Effect.Amend.class), TICK);
    core.forgetEffects();
    core.pass(Duration.ofSeconds(2));

    assertThat(core.effects(Effect.WantPrice.class)).isNotEmpty();
    assertThat(before).isFalse();
  }

  @Test
  void theSameRulesAreNoChange() {
    guarded();
    seen(Samples.BTC, "49990.0");
    seen(rules(1, "0.10", 8, "0.000050", "0.50"), "49990.0");
    assertThat(changes()).isEmpty();

    for (int i = 0; i < 5; i++) {
      seen(COARSE, "49990");
    }
    assertThat(changes())
        .singleElement()
        .satisfies(
            changed -> {
              assertThat(changed.rules()).isEqualTo(COARSE);
              assertThat(changed.stop()).isEqualTo(new BigDecimal("49001"));
            });
  }

  @ParameterizedTest
  @CsvSource({
    "1, 0.5,  8, 0.00005, 0.5, 49000.5",
    "2, 0.01, 8, 0.00005, 0.5, 49000.30",
    "1, 0.1,  5, 0.00005, 0.5, 49000.3",
    "1, 0.1,  8, 0.0001,  0.5, 49000.3",
    "1, 0.1,  8, 0.00005, 5,   49000.3"
  })
  void whateverOrdersDependOnIsAChangeAndNoStopGoesDown(
      int priceDecimals, String tick, int lots, String orderMin, String costMin, BigDecimal stop) {
    guarded();
    PairRules now = rules(priceDecimals, tick, lots, orderMin, costMin);
    seen(now, "49990.0");
    seen(now, "49990.0");

    assertThat(changes()).hasSize(1);
    assertThat(changes().getFirst().stop()).isEqualTo(stop).isGreaterThanOrEqualTo(STOP);

    seen(Samples.BTC, "49990.0");
    assertThat(changes()).hasSize(2);
    assertThat(status().stop()).isEqualByComparingTo(stop);
  }

  @Test
  void rulesThatChangeWhileAChangeIsUnderWayDoNoHarm() {
    core = core(BigDecimal.ONE, false);
    guarded();
    seen(Samples.BTC, "60000.7");
    Effect.Amend first = core.last(Effect.Amend.class);
    seen(COARSE, "60001");
    assertThat(core.effects(Effect.Amend.class)).hasSize(1);

    amended(first);
    Effect.Amend second = core.last(Effect.Amend.class);
    assertThat(second.stop()).isEqualByComparingTo("59401").isGreaterThan(first.stop());
    amended(second);
    assertThat(core.effects(Effect.Amend.class)).hasSize(2);
    assertThat(status().state()).isEqualTo("PROTECTED");
  }

  @Test
  void aStopThatRestsOutlivesALargerMinimum() {
    guarded();
    seen(rules(1, "0.1", 8, "0.01", "0.5"), "49990.0");
    core.pass(Duration.ofSeconds(10));

    assertThat(changes()).hasSize(1);
    assertThat(core.effects(Effect.Cancel.class)).isEmpty();
    assertThat(core.effects(Effect.Amend.class)).isEmpty();
    assertThat(status().state()).isEqualTo("PROTECTED");
  }

  @Test
  void aTakeProfitSellsOnTheNewTick() {
    guarded(new TakeProfit(new BigDecimal("51000.3"), BigDecimal.ONE));
    seen(COARSE, "51000");
    amended(core.last(Effect.Amend.class));
    seen(COARSE, "51000");
    assertThat(core.lastIntent().intent().stops()).isTrue();
    seen(COARSE, "51001");

    assertThat(core.lastIntent().intent().plan().limitPrice()).isEqualTo(new BigDecimal("51001"));
  }

  @Test
  void rulesSurviveATakeOver() {
    guarded();
    seen(COARSE, "49990");
    core.restart();
    core.keysChecked(false);
    seen(COARSE, "49990");

    assertThat(changes()).hasSizeLessThanOrEqualTo(1);
    assertThat(status().stop()).isEqualByComparingTo("49001");
  }

  @Test
  void aLaterEntryDoesNotBringAnOldTriggerBack() {
    guarded();
    // Of this entry the new rules are known before any price showed them.
    Signal more = Samples.protectedBy(core.signal(Action.BUY), new BigDecimal("48000"), List.of());
    core.arrives("more", "body", more, Samples.market(COARSE, core.now(), core.id()));
    UUID entry = core.lastIntent().orderId();
    core.addOrder(entry, new AddOrderVerdict.Placed("OMORE"));
    core.followed(Samples.info("OMORE", entry.toString(), "closed", BOUGHT, "50010"));

    assertThat(status().stop()).isEqualTo(new BigDecimal("49001"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        TICK,
        "EOrder:Order minimum not met",
        "EOrder:Cost minimum not met",
        "EOrder:Invalid price:BTC/USD price can only be specified up to 0 decimals.",
        "EGeneral:Invalid arguments:volume"
      })
  void whatIsRefusedForThePairsRulesIsToldAndNotSold(String error) {
    core = core(null, true);
    bought();
    stopsRefused(6, error);

    assertThat(core.facts(ProtectionFact.Failed.class)).hasSize(1);
    assertThat(status().state()).isEqualTo("IMPOSSIBLE");
    assertThat(core.lastIntent().intent().stops()).isTrue();
  }

  @Test
  void whatIsRefusedForItselfIsStillSold() {
    core = core(null, true);
    bought();
    stopsRefused(3, "EOrder:Trading agreement required");

    assertThat(isEmergencySell()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    TICK + ", false",
    "EService:Unavailable, false",
    "EOrder:Trading agreement required, true"
  })
  void whatAChangeLeavesUnprotectedIsSoldOnlyIfTheChangeIsHopeless(String error, boolean sold) {
    core = core(null, true);
    guarded();
    core.arrives(Action.BUY);
    UUID entry = core.lastIntent().orderId();
    core.addOrder(entry, new AddOrderVerdict.Placed("OMORE"));
    core.followed(Samples.info("OMORE", entry.toString(), "closed", BOUGHT, "50010.0"));
    int answered = 0;
    for (int second = 0; second < 120; second++) {
      List<Effect.Amend> asked = core.effects(Effect.Amend.class);
      if (asked.size() > answered) {
        answered = asked.size();
        refuse(asked.getLast(), error);
      }
      core.pass(Duration.ofSeconds(1));
    }

    assertThat(answered).isGreaterThan(2);
    assertThat(core.facts(ProtectionFact.Failed.class)).isNotEmpty();
    assertThat(isEmergencySell()).isEqualTo(sold);
  }

  private boolean isEmergencySell() {
    Protective last = core.lastIntent().intent().protective();
    return last != null && last.role() == Protective.Role.CLOSE;
  }
}
