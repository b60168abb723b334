package dev.signaltoorder.kraken;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signaltoorder.kraken.TradingBudget.Charge;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TradingBudgetTest {

  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
  private static final Toll.Add ADD = new Toll.Add("XBTUSD", "own");
  private static final String PLACED = "{\"error\":[],\"result\":{\"txid\":[\"O1\"]}}";

  private final TradingBudget budget = new TradingBudget(RestTier.STARTER, false, NOW);

  private void make(Toll toll, String answer, Instant at) {
    Charge charge = budget.charge(toll, at);
    budget.spend(toll, charge, at);
    budget.over(toll, charge, Calls.reply(200, answer), at, at);
  }

  @ParameterizedTest
  @EnumSource(RestTier.class)
  void aTierHasItsThresholdAndDecay(RestTier tier) {
    TradingBudget full = new TradingBudget(tier, true, NOW);

    assertThat(full.waitFor("XBTUSD", tier.tradingMax(), NOW))
        .isEqualTo(
            Duration.ofMillis(
                Math.ceilDiv(tier.tradingMax() * 1_000_000L, tier.tradingDecayMilliPerSecond())));
    assertThat(
            switch (tier) {
              case STARTER -> tier.tradingMax() == 60;
              case INTERMEDIATE -> tier.tradingMax() == 125;
              case PRO -> tier.tradingMax() == 180;
            })
        .isTrue();
  }

  @Test
  void afterARestartTheCountersBeginFullAndDecaySinceThen() {
    TradingBudget unknown = new TradingBudget(RestTier.STARTER, true, NOW);

    assertThat(unknown.waitFor("XBTUSD", 1, NOW)).isEqualTo(Duration.ofSeconds(1));
    // A pair that is first asked about later has decayed all the while.
    assertThat(unknown.waitFor("ETHUSD", 30, NOW.plusSeconds(30))).isZero();
    assertThat(unknown.waitFor("ETHUSD", 31, NOW.plusSeconds(30))).isEqualTo(Duration.ofSeconds(1));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 4, 8",
    "4.999, 4, 8",
    "5, 3, 6",
    "9.999, 3, 6",
    "10, 2, 5",
    "14.999, 2, 5",
    "15, 1, 4",
    "44.999, 1, 4",
    "45, 1, 2",
    "89.999, 1, 2",
    "90, 1, 1",
    "299.999, 1, 1",
    "300, 1, 0"
  })
  void amendingAndCancellingCostByAge(double age, int amend, int cancel) {
    make(ADD, PLACED, NOW);
    Instant then = NOW.plusNanos(Math.round(age * 1e9));

    for (String id : new String[] {"O1", "own"}) {
      assertThat(budget.charge(new Toll.Amend(id), then)).isEqualTo(new Charge("XBTUSD", amend));
      assertThat(budget.charge(new Toll.Cancel(id), then)).isEqualTo(new Charge("XBTUSD", cancel));
    }
  }

  @Test
  void anAmendedOrderIsYoungAgain() {
    make(ADD, PLACED, NOW);
    Instant later = NOW.plusSeconds(60);

    make(new Toll.Amend("O1"), "{\"error\":[],\"result\":{\"amend_id\":\"T1\"}}", later);

    assertThat(budget.charge(new Toll.Cancel("O1"), later.plusSeconds(4)).cost()).isEqualTo(8);
  }

  @Test
  void theFixedPartIsChargedOnFailureToo() {
    make(ADD, "{\"error\":[\"EOrder:Insufficient funds\"]}", NOW);

    assertThat(budget.left(NOW)).isEqualTo(Map.of("XBTUSD", 59));
    assertThat(budget.charge(new Toll.Cancel("own"), NOW)).isEqualTo(Charge.NOTHING);
  }

  @Test
  void anOrderInDoubtIsRememberedByOurId() {
    Charge charge = budget.charge(ADD, NOW);
    CallOutcome lost = new CallOutcome.NoReply(CallOutcome.Cause.TIMEOUT, "x");
    budget.over(ADD, charge, lost, NOW, NOW);

    assertThat(budget.charge(new Toll.Cancel("own"), NOW).cost()).isEqualTo(8);
  }

  @Test
  void krakensWordGoesBeforeTheModel() {
    make(ADD, PLACED, NOW);
    make(new Toll.Add("ETHUSD", ""), "{\"error\":[\"EOrder:Rate limit exceeded\"]}", NOW);

    assertThat(budget.left(NOW)).isEqualTo(Map.of("XBTUSD", 59, "ETHUSD", 0));

    make(ADD, "{\"error\":[\"EOrder:Domain rate limit exceeded\"]}", NOW);

    assertThat(budget.left(NOW)).isEqualTo(Map.of("XBTUSD", 0, "ETHUSD", 0));
  }

  @Test
  void cancellingAllCostsOneForEachPairInUse() {
    make(ADD, PLACED, NOW);

    make(new Toll.CancelAll(), "{\"error\":[],\"result\":{\"count\":1}}", NOW);

    assertThat(budget.left(NOW)).isEqualTo(Map.of("XBTUSD", 58));
  }

  @Test
  void anOrderOfSomebodyElseHasNoCounterHere() {
    assertThat(budget.charge(new Toll.Cancel("O9"), NOW)).isEqualTo(Charge.NOTHING);
    assertThat(budget.charge(Toll.FREE, NOW)).isEqualTo(Charge.NOTHING);
  }
}
