package dev.signaltoorder.trading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signaltoorder.kraken.AddOrderVerdict;
import dev.signaltoorder.kraken.ExecutionNews;
import dev.signaltoorder.kraken.ExecutionReport;
import dev.signaltoorder.signal.Action;
import dev.signaltoorder.signal.Signal;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * A stop lets go of its coins, so that they can be sold: 0.0009998 BTC that were bought for 50 USD,
 * with a stop that rests as OSTOP at 49 000. The market is at 49 990 / 50 010.
 */
class MakingRoomTest {
  private static final BigDecimal STOP = new BigDecimal("49000.0");
  private static final String BOUGHT = "0.0009998";

  private final CoreUnderTest core =
      CoreUnderTest.serving(Samples.ruleSet(Samples.generousRules("IOC")));

  /** Bought and filled; its stop is intended. */
  private UUID bought() {
    Signal signal = Samples.protectedBy(core.signal(Action.BUY), STOP, List.of());
    core.arrives("entry", "body", signal, core.freshMarket());
    UUID entry = core.lastIntent().orderId();
    core.addOrder(entry, new AddOrderVerdict.Placed("OENTRY"));
    core.followed(Samples.info("OENTRY", entry.toString(), "closed", BOUGHT, "50010.0"));
    return core.lastIntent().orderId();
  }

  /** A CLOSE is held until the stop, whose id this is, has let go. */
  private UUID closing() {
    UUID stop = bought();
    core.addOrder(stop, new AddOrderVerdict.Placed("OSTOP"));
    core.arrives(Action.CLOSE);
    assertThat(core.last(Effect.Cancel.class).txid()).isEqualTo("OSTOP");
    core.forgetEffects();
    return stop;
  }

  private Step told(UUID stop, String status, @Nullable String executed) {
    ExecutionReport report =
        new ExecutionReport(
            "OSTOP",
            stop.toString(),
            "BTC/USD",
            status,
            status,
            null,
            executed == null ? null : new BigDecimal(executed),
            "User requested",
            core.now());
    return core.step(
        new Message.ExecutionsReported(
            new ExecutionNews(
                core.id(),
                "wss://ws-auth.kraken.com/v2/executions",
                7L,
                false,
                core.now(),
                "{}".getBytes(StandardCharsets.UTF_8),
                List.of(report))));
  }

  private void isSold() {
    assertThat(core.effects(Effect.SendOrder.class))
        .singleElement()
        .satisfies(sent -> assertThat(sent.request().side()).isEqualTo("sell"))
        .satisfies(
            sent ->
                assertThat(new BigDecimal(sent.request().volume())).isEqualByComparingTo(BOUGHT));
  }

  @Test
  void onceTheCancellationIsAnsweredTheStopIsAskedAboutWithoutWaiting() {
    UUID stop = closing();

    Step step = core.step(new Message.CancelFinished(stop, core.success("CancelOrder", 1)));

    assertThat(step.effects()).contains(new Effect.Follow(List.of("OSTOP")));
    assertThat(core.effects(Effect.SendOrder.class))
        .as("its answer does not say whether the stop has sold something before")
        .isEmpty();
    core.followed(Samples.info("OSTOP", stop.toString(), "canceled", "0", "49000.0", BOUGHT));
    isSold();
  }

  @Test
  void theWebsocketsWordThatTheStopIsGoneAndHasSoldNothingIsEnough() {
    UUID stop = closing();

    told(stop, "canceled", "0");

    isSold();
    assertThat(core.last(Fact.OrderEnded.class, stop).execution()).isEqualTo(Execution.NONE);
    assertThat(core.orderState(stop)).isNull();
  }

  @Test
  void ifItHasSoldSomethingOrDoesNotSaySoKrakenIsAsked() {
    UUID stop = closing();

    told(stop, "canceled", "0.0005");
    told(stop, "canceled", null);
    told(stop, "canceled", "0");

    assertThat(core.effects(Effect.SendOrder.class)).isEmpty();
    core.pass(Duration.ofSeconds(1));
    assertThat(core.last(Effect.Follow.class).txids()).containsExactly("OSTOP");
    core.followed(Samples.info("OSTOP", stop.toString(), "canceled", "0.0005", "49000.0", BOUGHT));
    assertThat(core.effects(Effect.SendOrder.class))
        .as("the close was for more than is left")
        .isEmpty();
  }

  @Test
  void aStopThatIsNotCancelledIsNotGone() {
    UUID stop = closing();

    told(stop, "new", "0");
    told(stop, "filled", "0");

    assertThat(core.effects(Effect.SendOrder.class)).isEmpty();
    assertThat(core.orderState(stop)).isInstanceOf(OrderState.Open.class);
  }

  @Test
  void aStopThatALookUpFindsWithAnotherVolumeCountsAsItIsShownAndIsFittedAtOnce() {
    UUID stop = bought();
    core.addOrder(stop, new AddOrderVerdict.MaybePlaced("no answer"));
    core.tick();
    core.forgetEffects();

    core.looksUp(stop, Samples.info("OSTOP", stop.toString(), "open", "0", "0", "0.0005"));

    ProtectionFact.Amended shown = core.last(ProtectionFact.Amended.class, stop);
    assertThat(shown.how()).isEqualTo("SHOWN");
    assertThat(shown.volume()).isEqualByComparingTo("0.0005");
    assertThat(core.last(Effect.Amend.class).volume()).isEqualByComparingTo(BOUGHT);
  }
}
