package dev.signaltoorder.trading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signaltoorder.kraken.Answer;
import dev.signaltoorder.kraken.FeeRates;
import dev.signaltoorder.signal.Action;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the account pays: asked when it matters, and counted where money is promised. */
class FeesTest {
  private final CoreUnderTest core = CoreUnderTest.serving();

  private void answered(String taker, String maker) {
    FeeRates rates =
        new FeeRates(
            "ZUSD",
            new BigDecimal("12000"),
            Map.of("XXBTZUSD", new BigDecimal(taker)),
            Map.of("XXBTZUSD", new BigDecimal(maker)));
    core.step(new Message.FeesAnswered(core.success("TradeVolume", rates)));
  }

  /** Of the last decision. */
  private @Nullable BigDecimal shown() {
    return core.facts(Fact.SignalDecided.class).getLast().input().account().feePercent();
  }

  @Test
  void theFeesOfAPairAreAskedForOnceItIsTradedAndAreAFact() {
    core.pass(Duration.ofMinutes(5));
    assertThat(core.effects(Effect.ReadFees.class)).isEmpty();

    core.arrives(Action.BUY);
    assertThat(shown()).isNull();
    core.tick();
    core.tick();
    answered("0.26", "0.16");

    assertThat(core.effects(Effect.ReadFees.class))
        .containsExactly(new Effect.ReadFees(List.of("XBTUSD")));
    assertThat(core.facts(Fact.FeesRead.class))
        .singleElement()
        .satisfies(fact -> assertThat(fact.takerPercent()).containsKey("XXBTZUSD"));
    core.arrives(Action.BUY);
    assertThat(shown()).isEqualByComparingTo("0.26");
    assertThat(Objects.requireNonNull(core.fold().fees().percentOf("BTC/USD")))
        .isEqualByComparingTo("0.26");
  }

  @Test
  void theyAreAskedForAtTheStartDailyAndSomeTimeAfterAFillButNotForEachSignal() {
    core.arrives(Action.BUY);
    core.tick();
    answered("0.26", "0.16");
    for (int i = 0; i < 50; i++) {
      core.arrives(Action.BUY);
      core.tick();
    }
    assertThat(core.effects(Effect.ReadFees.class)).hasSize(1);

    core.holding();
    core.pass(Duration.ofMinutes(14));
    assertThat(core.effects(Effect.ReadFees.class)).hasSize(1);
    core.pass(Duration.ofMinutes(2));
    assertThat(core.effects(Effect.ReadFees.class)).hasSize(2);
    answered("0.24", "0.14");

    core.stepClock(Duration.ofHours(24));
    core.pass(Duration.ofHours(24));
    assertThat(core.effects(Effect.ReadFees.class)).hasSizeGreaterThan(2);

    core.restart();
    core.forgetEffects();
    core.keysChecked(false);
    core.tick();
    assertThat(core.effects(Effect.ReadFees.class)).hasSize(1);
  }

  @Test
  void anApprovedBuyReservesTheAccountsOwnFeeAndTheHighestOneWhileItIsNotKnown() {
    BigDecimal before = Objects.requireNonNull(core.state().holdings().free("ZUSD"));
    core.arrives(Action.BUY);
    BigDecimal notional = core.lastIntent().intent().plan().notional();
    assertThat(core.state().holdings().free("ZUSD"))
        .isEqualByComparingTo(before.subtract(notional.multiply(new BigDecimal("1.008"))));
    core.tick();
    answered("0.10", "0.12");
    BigDecimal between = Objects.requireNonNull(core.state().holdings().free("ZUSD"));

    core.arrives(Action.BUY);

    assertThat(core.state().holdings().free("ZUSD"))
        .isEqualByComparingTo(between.subtract(notional.multiply(new BigDecimal("1.0012"))));
  }

  @Test
  void aFailedQuestionIsAskedAgainAndChangesNothing() {
    core.arrives(Action.BUY);
    core.tick();

    core.step(new Message.FeesAnswered(core.failure("TradeVolume")));
    core.pass(Duration.ofSeconds(10));

    assertThat(core.effects(Effect.ReadFees.class)).hasSize(2);
    assertThat(core.state().fees().percentOf("BTC/USD")).isNull();
  }

  private void refused() {
    core.step(
        new Message.FeesAnswered(
            new Answer.Failure<>(
                core.call(
                    "TradeVolume", Samples.reply("{\"error\":[\"EGeneral:Permission denied\"]}")),
                "EGeneral:Permission denied",
                true)));
  }

  /** Answers every question with a refusal. */
  private int refusedWithin(Duration duration) {
    int asked = 0;
    for (long second = 0; second < duration.toSeconds(); second++) {
      core.forgetEffects();
      core.pass(Duration.ofSeconds(1));
      if (!core.effects(Effect.ReadFees.class).isEmpty()) {
        asked++;
        refused();
      }
    }
    return asked;
  }

  @Test
  void whileTheKeyMayNotAskThePausesDoubleUpToAnHourAndFillsDoNotShortenThem() {
    core.arrives(Action.BUY);
    core.tick();
    refused();

    // 3, 6, 12 ... 1536 s: the eleventh pause is 3072 s, all later ones 3600 s.
    assertThat(refusedWithin(Duration.ofSeconds(3069))).isEqualTo(10);
    assertThat(refusedWithin(Duration.ofSeconds(3072))).isEqualTo(1);
    core.holding();
    assertThat(refusedWithin(Duration.ofSeconds(3599))).isZero();
    assertThat(refusedWithin(Duration.ofHours(10))).isEqualTo(10);
  }

  @Test
  void whatTheKeyLacksIsSaidOnceUntilKrakenHasToldTheFees() {
    core.arrives(Action.BUY);
    core.tick();
    core.forgetEffects();

    refused();
    refused();
    core.step(new Message.FeesAnswered(core.failure("TradeVolume")));

    assertThat(core.effects(Effect.Notice.class))
        .singleElement()
        .satisfies(
            notice ->
                assertThat(notice.text())
                    .contains(
                        "EGeneral:Permission denied", "permission to query funds", "is assumed"));
    answered("0.26", "0.16");
    refused();
    assertThat(core.effects(Effect.Notice.class)).hasSize(2);
  }

  @Test
  void withOtherKeysItIsAskedAtOnce() {
    core.arrives(Action.BUY);
    core.tick();
    refused();
    refusedWithin(Duration.ofHours(2));
    core.forgetEffects();

    core.step(
        new Message.KeysRotated(
            "abcdef012345",
            new Message.KeyCheckFinished(
                List.of(), true, "ba9876543210", List.of(), List.of(), false)));
    core.tick();

    assertThat(core.effects(Effect.ReadFees.class)).hasSize(1);
  }

  @Test
  void balancesAreReadAtTheStartAndAfterFillsAndNotForEachSignal() {
    assertThat(core.effects(Effect.ReadBalances.class)).hasSize(1);
    core.arrives(Action.BUY);
    core.tick();
    assertThat(core.effects(Effect.ReadBalances.class))
        .as("once for the equity in an asset that is new here")
        .hasSize(2);
    core.balances("999000", "1.001");
    for (int i = 0; i < 200; i++) {
      core.arrives(Action.BUY);
    }
    core.tick();
    assertThat(core.effects(Effect.ReadBalances.class)).hasSize(2);

    core.holding();
    core.holding();
    core.pass(Duration.ofSeconds(3));
    assertThat(core.effects(Effect.ReadBalances.class)).hasSize(3);
    core.balances("999000", "1.001");
    core.pass(Duration.ofSeconds(29));
    assertThat(core.effects(Effect.ReadBalances.class)).hasSize(3);
    core.pass(Duration.ofSeconds(2));
    assertThat(core.effects(Effect.ReadBalances.class)).hasSize(4);
  }
}
