package dev.signaltoorder.trading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signaltoorder.kraken.AddOrderVerdict;
import dev.signaltoorder.risk.RuleResult;
import dev.signaltoorder.signal.Action;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A CLOSE is done only if nothing is held. */
class NothingToDoTest {
  private static final String HELD = "0.00099980";

  private final CoreUnderTest core =
      CoreUnderTest.serving(Samples.ruleSet(Samples.generousRules("IOC")));

  private Fact.SignalDecided decided() {
    return core.facts(Fact.SignalDecided.class).getLast();
  }

  private UUID closes() {
    core.arrives(Action.CLOSE);
    return core.lastIntent().orderId();
  }

  private void isRefused() {
    int intents = core.facts(Fact.OrderIntended.class).size();
    core.arrives(Action.CLOSE);
    assertThat(core.facts(Fact.OrderIntended.class)).hasSize(intents);
    assertThat(core.lastOutcome()).isEqualTo("REJECTED");
    assertThat(decided().decision().reasons()).containsExactly("close-reserved");
  }

  @Test
  void whoHoldsNothingIsDone() {
    core.arrives(Action.CLOSE);

    assertThat(core.lastOutcome()).isEqualTo("DONE");
    assertThat(decided().decision().results())
        .extracting(RuleResult::code)
        .containsExactly("nothing-to-close");
  }

  @Test
  void aRemainderBelowALotIsNothing() {
    UUID entry = core.open();
    core.followed(Samples.info("OABC", entry.toString(), "closed", "0.000000004", "50010.0"));

    core.arrives(Action.CLOSE);

    assertThat(core.lastOutcome()).isEqualTo("DONE");
  }

  @Test
  void aPositionThatIsAllOutIsNotDone() {
    core.holding();
    core.addOrder(closes(), new AddOrderVerdict.Placed("OFIRST"));

    isRefused();

    assertThat(decided().decision().results().getFirst())
        .isEqualTo(
            new RuleResult(
                "close-reserved",
                RuleResult.Verdict.DENY,
                "a part of the position that is not out",
                "a position of 0.0009998 BTC, sells of 0.0009998 BTC",
                "All of the position, 0.0009998 BTC, is already out in other sells of the"
                    + " strategy; send CLOSE again if they do not fill."));
  }

  @Test
  void whatIsInDoubtOrQuarantinedMayStillSell() {
    core.holding();
    core.addOrder(closes(), new AddOrderVerdict.MaybePlaced("no answer within 10 s"));
    isRefused();

    core.pass(Duration.ofMinutes(20));
    isRefused();
  }

  @Test
  void itClosesOnceTheOtherSellHasFilledNothing() {
    core.holding();
    UUID first = closes();
    core.addOrder(first, new AddOrderVerdict.Placed("OFIRST"));
    isRefused();
    core.followed(Samples.info("OFIRST", first.toString(), "canceled", "0", "49990.0", HELD));

    UUID again = closes();

    assertThat(core.lastOutcome()).isEqualTo("PENDING");
    assertThat(again).isNotEqualTo(first);
    assertThat(core.lastIntent().intent().plan().volume())
        .isEqualByComparingTo(new BigDecimal(HELD));
  }
}
