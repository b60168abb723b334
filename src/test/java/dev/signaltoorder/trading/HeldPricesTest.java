package dev.signaltoorder.trading;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signaltoorder.kraken.AddOrderVerdict;
import dev.signaltoorder.risk.RuleResult;
import dev.signaltoorder.risk.RuleSet;
import dev.signaltoorder.signal.Action;
import dev.signaltoorder.signal.Signal;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

/**
 * What is held in other pairs is valued at a price of the last seconds, or its value is not known.
 * The position of these tests: ETH for 50 USD, bought at 2500.50. A day may lose 10 USD, and a loss
 * halts nothing.
 */
@NullUnmarked // a null where none is expected fails the test, which is what it is for
class HeldPricesTest {
  private static final String AS_BOUGHT = "2499.50";
  private static final String CRASHED = "1749.50";

  private final CoreUnderTest core = holding("10");

  private static CoreUnderTest holding(String limit) {
    CoreUnderTest core = CoreUnderTest.serving(rules(limit));
    Signal signal = Samples.signal(Action.BUY, "other", "ETH/USD", "50", core.now());
    core.arrives("eth", "body", signal, Samples.market(Samples.ETH, core.now(), core.id()));
    Fact.OrderIntended bought = core.lastIntent();
    core.addOrder(bought.orderId(), new AddOrderVerdict.Placed("OETH"));
    String volume = bought.intent().plan().volume().toPlainString();
    core.followed(
        Samples.info("OETH", bought.orderId().toString(), "closed", volume, "2500.50", volume));
    return core;
  }

  private static RuleSet rules(String limit) {
    SortedMap<String, SortedMap<String, String>> rules = Samples.generousRules("IOC");
    Samples.set(rules, "daily-loss", "limit.USD", limit);
    Samples.set(rules, "daily-loss", "halt", "no");
    Samples.set(rules, "drawdown", "halt", "no");
    return Samples.ruleSet(rules);
  }

  private void ethIsAt(String bid) {
    core.step(new Message.PriceSeen("ETH/USD", eth(bid, Duration.ZERO)));
  }

  private MarketView eth(String bid, Duration age) {
    return Samples.market(
        Samples.ETH, core.now().minus(age), core.id(), "online", new BigDecimal(bid));
  }

  private RuleResult dailyLoss() {
    return decided().decision().results().stream()
        .filter(result -> result.code().equals("daily-loss"))
        .findFirst()
        .orElseThrow();
  }

  private Fact.SignalDecided decided() {
    return core.facts(Fact.SignalDecided.class).getLast();
  }

  private int decisions() {
    return core.facts(Fact.SignalDecided.class).size();
  }

  @Test
  void aPositionWhosePriceIsHoursOldIsLookedAtBeforeAnEntryElsewhere() {
    core.stepClock(Duration.ofHours(3));
    core.forgetEffects();

    core.arrives(Action.BUY);

    assertThat(decisions()).isEqualTo(1);
    assertThat(core.effects(Effect.WantPrice.class))
        .contains(new Effect.WantPrice("ETH/USD", Duration.ofSeconds(5)));
    ethIsAt(CRASHED);
    core.tick();
    assertThat(decisions()).isEqualTo(2);
    assertThat(decided().decision().reasons()).containsExactly("daily-loss");
    assertThat(dailyLoss().explanation()).startsWith("Today is a loss of 15.1");
    assertThat(core.state().halt()).isNull();
  }

  @Test
  void withoutAPriceTheEntryIsRefusedForWhatIsNotKnownAndNothingHalts() {
    core.stepClock(Duration.ofHours(3));
    core.arrives(Action.BUY);

    core.pass(Duration.ofSeconds(6));

    assertThat(decided().decision().reasons()).contains("daily-loss");
    assertThat(dailyLoss().actual()).isEqualTo("unknown");
    assertThat(dailyLoss().explanation()).contains("no price", "ETH/USD");
    assertThat(decided().input().account().history().unpriced()).containsExactly("ETH/USD");
    assertThat(core.state().halt()).isNull();
  }

  @Test
  void aPriceOfTenSecondsIsYoungAndAnOlderOneIsNone() {
    core.stepClock(Duration.ofHours(3));
    core.step(new Message.PriceSeen("ETH/USD", eth(AS_BOUGHT, Duration.ofMillis(10_001))));
    core.arrives(Action.BUY);
    assertThat(decisions()).isEqualTo(1);

    core.step(new Message.PriceSeen("ETH/USD", eth(AS_BOUGHT, Duration.ofSeconds(10))));
    core.tick();

    assertThat(decisions()).isEqualTo(2);
    assertThat(core.lastOutcome()).isEqualTo("PENDING");
  }

  @Test
  void whereTheLimitHoldsWhateverItIsWorthNoPriceIsNeededToApprove() {
    CoreUnderTest roomy = holding("60");
    roomy.stepClock(Duration.ofHours(3));
    roomy.arrives(Action.BUY);

    // Judged when the time is up, with a price of its own pair that is young enough.
    roomy.pass(Duration.ofMillis(4_900));
    Fact.SignalReceived waiting = roomy.state().undecided().values().iterator().next();
    roomy.stepClock(Duration.ofMillis(200));
    roomy.step(new Message.MarketReady(waiting.signalId(), roomy.freshMarket()));

    assertThat(roomy.lastOutcome()).isEqualTo("PENDING");
  }

  @Test
  void rulesThatDoNotValueWhatIsHeldWaitForNoPriceOfIt() {
    SortedMap<String, SortedMap<String, String>> without = Samples.generousRules("IOC");
    without.remove("daily-loss");
    without.remove("drawdown");
    core.restart(Samples.ruleSet(without));
    core.keysChecked(false);
    core.stepClock(Duration.ofHours(3));
    core.forgetEffects();

    core.arrives(Action.BUY);

    assertThat(decisions()).isEqualTo(2);
    assertThat(core.effects(Effect.WantPrice.class)).isEmpty();
  }

  @Test
  void exitsWaitForNoPriceOfAnotherPair() {
    core.holding();
    core.stepClock(Duration.ofHours(3));

    core.arrives(Action.CLOSE);

    assertThat(core.lastOutcome()).isEqualTo("PENDING");
    assertThat(dailyLoss().verdict()).isEqualTo(RuleResult.Verdict.NOT_APPLICABLE);
  }

  @Test
  void whileItIsLookedAtEveryFewSecondsEntriesDoNotWait() {
    for (int i = 0; i < 60; i++) {
      core.forgetEffects();
      core.pass(Duration.ofSeconds(1));
      if (!core.effects(Effect.WantPrice.class).isEmpty()) {
        ethIsAt(AS_BOUGHT);
      }
      int before = decisions();
      if (i >= 5) {
        core.arrives(Action.BUY);
        assertThat(decisions()).as("second %d", i).isEqualTo(before + 1);
        assertThat(core.lastOutcome()).isEqualTo("PENDING");
      }
    }
  }

  @Test
  void whoTakesOverLooksAnewBeforeItDecides() {
    ethIsAt(CRASHED);
    core.restart();
    core.keysChecked(false);

    core.arrives(Action.BUY);
    assertThat(decisions()).isEqualTo(1);
    ethIsAt(AS_BOUGHT);
    core.tick();

    assertThat(core.lastOutcome()).isEqualTo("PENDING");
  }

  @Test
  void aDecisionFromBeforeMissesNoPrice() throws JsonProcessingException {
    ObjectNode body = new FactCodec().encode(new Recorded(decided(), null)).body();
    ((ObjectNode) body.at("/input/account/history")).remove("unpriced");

    Fact.SignalDecided old = FactCodec.newMapper().treeToValue(body, Fact.SignalDecided.class);

    assertThat(old.input().account().history().unpriced()).isEqualTo(List.of());
    assertThat(old).isEqualTo(decided());
  }
}
