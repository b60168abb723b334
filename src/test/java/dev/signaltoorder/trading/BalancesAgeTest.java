package dev.signaltoorder.trading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signaltoorder.risk.RuleCodes;
import dev.signaltoorder.signal.Action;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Balances are read before a batch, not per signal, and do not stay in force for ever. */
class BalancesAgeTest {
  private static final Duration MOST = Duration.ofMinutes(2);
  private final CoreUnderTest core =
      CoreUnderTest.serving(
          Samples.ruleSet(Samples.generousRules("GTC")),
          CorePolicy.standard().with(BalancesPolicy.atMost(MOST)));

  private int asked() {
    return core.effects(Effect.ReadBalances.class).size();
  }

  private int decided() {
    return core.facts(Fact.SignalDecided.class).size();
  }

  private Fact.SignalDecided lastDecided() {
    return core.facts(Fact.SignalDecided.class).getLast();
  }

  /** Kraken answers, some time later. */
  private void read() {
    core.balances("1000000", "1");
  }

  /** Kraken does not answer, as often as it is asked. */
  private void silence(Duration howLong) {
    for (long second = 0; second < howLong.toSeconds(); second++) {
      core.pass(Duration.ofSeconds(1));
      fail();
    }
  }

  private void fail() {
    Effect.ReadBalances question = core.last(Effect.ReadBalances.class);
    core.step(new Message.BalancesAnswered(question.asOf(), core.failure("BalanceEx"), Map.of()));
  }

  /** Prices and balances are as they are; nothing is asked. */
  private void quiet(int seconds) {
    for (int second = 0; second < seconds; second++) {
      core.stepClock(Duration.ofSeconds(1));
      core.step(new Message.PriceSeen("BTC/USD", core.freshMarket()));
    }
  }

  @Test
  void theFirstEntryAfterAQuietTimeWaitsForNewBalances() {
    quiet(20);
    int before = asked();

    core.arrives(Action.BUY);
    assertThat(asked()).isEqualTo(before + 1);
    assertThat(decided()).isZero();

    core.stepClock(Duration.ofMillis(200));
    read();
    assertThat(decided()).isEqualTo(1);
    assertThat(core.lastOutcome()).isEqualTo("PENDING");
  }

  @Test
  void theFirstSignalOfAQuoteAssetHasItsEquityAskedForAtOnce() {
    CoreUnderTest fresh =
        CoreUnderTest.serving(Samples.ruleSet(Samples.generousRules("GTC")), CorePolicy.standard());
    assertThat(fresh.last(Effect.ReadBalances.class).quoteAssets()).doesNotContain("ZUSD");

    fresh.arrives(Action.BUY);
    fresh.pass(Duration.ofSeconds(1));

    // The next one may be judged by a share of it.
    assertThat(fresh.last(Effect.ReadBalances.class).quoteAssets()).contains("ZUSD");
  }

  @Test
  void whatFollowsInTheBatchIsJudgedAtOnceWithTheSameReading() {
    quiet(20);
    int before = asked();
    core.arrives(Action.BUY);
    core.arrives(Action.BUY);
    core.arrives(Action.BUY);
    assertThat(asked()).isEqualTo(before + 1);
    read();
    assertThat(decided()).isEqualTo(3);

    for (int signal = 0; signal < 20; signal++) {
      quiet(4);
      core.arrives(Action.BUY);
    }

    assertThat(decided()).isEqualTo(23);
    assertThat(asked()).isEqualTo(before + 1);
  }

  @Test
  void aReadingOfTheLastSecondsServesABatchThatBegins() {
    quiet(9);
    int before = asked();

    core.arrives(Action.BUY);

    assertThat(decided()).isEqualTo(1);
    assertThat(asked()).isEqualTo(before);
  }

  @Test
  void withoutAnAnswerItIsJudgedInTimeWithWhatIsKnown() {
    quiet(20);
    core.arrives(Action.BUY);

    core.stepClock(CorePolicy.standard().decideWithin());
    core.tick();

    assertThat(core.lastOutcome()).isEqualTo("PENDING");
  }

  @Test
  void balancesThatAreTooOldAreUnknownToAnEntry() {
    core.pass(Duration.ofSeconds(31));
    silence(MOST);
    core.arrives(Action.BUY);
    assertThat(decided()).isZero();

    core.stepClock(CorePolicy.standard().decideWithin());
    core.tick();

    assertThat(lastDecided().decision().reasons()).contains(RuleCodes.FREE_BALANCE);
    assertThat(lastDecided().input().account().freeQuote()).isNull();
    assertThat(core.facts(Fact.OrderIntended.class)).isEmpty();
  }

  @Test
  void theyAreTooOldBeyondTheLimitAndNotAtIt() {
    BalancesAge age = new BalancesAge(BalancesPolicy.atMost(MOST));
    age.read(Samples.NOW, Samples.NOW);

    assertThat(age.isTooOld(Samples.NOW.plus(MOST), Samples.NOW)).isFalse();
    assertThat(age.isTooOld(Samples.NOW.plus(MOST).plusMillis(1), Samples.NOW)).isTrue();
    assertThat(age.isTooOld(Samples.NOW, Samples.NOW.plus(MOST))).isFalse();
    assertThat(age.isTooOld(Samples.NOW, Samples.NOW.plus(MOST).plusMillis(1))).isTrue();
  }

  @Test
  void anExitNeitherWaitsNorIsDeniedForOldBalances() {
    core.holding();
    core.pass(Duration.ofSeconds(31));
    read();
    core.pass(Duration.ofSeconds(31));
    silence(MOST);
    int before = decided();

    core.arrives(Action.CLOSE);

    assertThat(decided()).isEqualTo(before + 1);
    assertThat(core.lastOutcome()).isEqualTo("PENDING");
  }

  @Test
  void afterATakeoverTheFiguresOfTheProcessBeforeDoNotCount() {
    core.restart();
    core.keysChecked(false);
    core.arrives(Action.BUY);
    assertThat(decided()).isZero();

    core.balances("1000000", "1");

    assertThat(decided()).isEqualTo(1);
    assertThat(core.lastOutcome()).isEqualTo("PENDING");
  }

  @Test
  void noSignalAsksAgainWhileKrakenDoesNotAnswer() {
    quiet(20);
    core.arrives(Action.BUY);
    fail();
    int before = asked();

    for (int signal = 0; signal < 10; signal++) {
      core.stepClock(Duration.ofMillis(100));
      core.arrives(Action.BUY);
    }

    assertThat(asked()).isEqualTo(before);
  }

  @Test
  void withoutALimitNothingWaits() {
    CoreUnderTest patient = CoreUnderTest.serving();
    patient.stepClock(Duration.ofMinutes(10));

    patient.arrives(Action.BUY);

    assertThat(patient.lastOutcome()).isEqualTo("PENDING");
    assertThat(List.of(CorePolicy.standard().balances())).containsExactly(BalancesPolicy.ANY_AGE);
  }
}
