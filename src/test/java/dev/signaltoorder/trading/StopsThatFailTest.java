package dev.signaltoorder.trading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signaltoorder.kraken.AddOrderVerdict;
import dev.signaltoorder.kraken.Answer;
import dev.signaltoorder.signal.Action;
import dev.signaltoorder.signal.Signal;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Whatever keeps a stop from being what it shall be, a person is told, and Kraken is not flooded.
 */
class StopsThatFailTest {
  private static final BigDecimal STOP = new BigDecimal("49000.0");
  private static final String BOUGHT = "0.0009998";
  private static final String REFUSED = "EOrder:Tick size check failed";

  private int sent;

  private static CoreUnderTest core(@Nullable BigDecimal trailBy) {
    CorePolicy policy = CorePolicy.standard().with(new ProtectionPolicy(false, 3, null, trailBy));
    return CoreUnderTest.serving(Samples.ruleSet(Samples.generousRules("IOC")), policy);
  }

  /** Bought and filled; the stop is intended. */
  private static void bought(CoreUnderTest core) {
    Signal signal = Samples.protectedBy(core.signal(Action.BUY), STOP, List.of());
    core.arrives("msg-" + core.id(), "body", signal, core.freshMarket());
    UUID entry = core.lastIntent().orderId();
    core.addOrder(entry, new AddOrderVerdict.Placed("OENTRY"));
    core.followed(Samples.info("OENTRY", entry.toString(), "closed", BOUGHT, "50010.0"));
    core.forgetEffects();
  }

  private static UUID guarded(CoreUnderTest core) {
    bought(core);
    UUID stop = core.lastIntent().orderId();
    core.addOrder(stop, new AddOrderVerdict.Placed("OSTOP"));
    return stop;
  }

  private static ProtectionStatus status(CoreUnderTest core) {
    assertThat(core.status().protections()).hasSize(1);
    return core.status().protections().getFirst();
  }

  /** An hour in which every stop that is sent comes to nothing. */
  private void anHour(CoreUnderTest core, Consumer<UUID> outcome) {
    UUID last = null;
    for (int second = 0; second < 3600; second++) {
      UUID stop = core.lastIntent().orderId();
      if (!stop.equals(last)) {
        last = stop;
        sent++;
        outcome.accept(stop);
      }
      core.pass(Duration.ofSeconds(1));
    }
  }

  @Test
  void aStopThatNeverLeavesIsToldAndTriedMoreAndMoreRarely() {
    CoreUnderTest core = core(null);
    bought(core);

    anHour(core, stop -> core.addOrder(stop, new AddOrderVerdict.NotPlaced("no route", false)));

    assertThat(core.facts(ProtectionFact.Failed.class))
        .singleElement()
        .satisfies(failed -> assertThat(failed.unprotected()).isEqualByComparingTo(BOUGHT));
    assertThat(core.effects(Effect.Alarm.class))
        .singleElement()
        .satisfies(alarm -> assertThat(alarm.text()).contains("0.00099980 is not protected"));
    assertThat(status(core).state()).isEqualTo("IMPOSSIBLE");
    assertThat(sent).isBetween(50, 80);

    UUID last = core.lastIntent().orderId();
    while (core.lastIntent().orderId().equals(last)) {
      core.pass(Duration.ofSeconds(1));
    }
    core.addOrder(core.lastIntent().orderId(), new AddOrderVerdict.Placed("OAGAIN"));
    assertThat(status(core).state()).isEqualTo("PROTECTED");
  }

  @Test
  void aStopThatKrakenTakesAndEndsIsToldAndNotPlacedEverySecond() {
    CoreUnderTest core = core(null);
    bought(core);

    anHour(
        core,
        stop -> {
          String txid = "OSTOP" + sent;
          core.addOrder(stop, new AddOrderVerdict.Placed(txid));
          core.followed(Samples.info(txid, stop.toString(), "canceled", "0", "49000.0", BOUGHT));
        });

    assertThat(sent).isBetween(50, 80);
    assertThat(core.facts(ProtectionFact.Failed.class)).hasSizeBetween(10, 30);
    assertThat(core.effects(Effect.Alarm.class).getFirst().text())
        .contains("0.00099980 is not protected", "3 stops in a row were ended at Kraken");
  }

  @Test
  void aStopThatEndsAfterALongRestIsPlacedAgainAtOnceAndToldToNobody() {
    CoreUnderTest core = core(null);
    UUID stop = guarded(core);
    for (int i = 1; i <= 5; i++) {
      core.pass(Duration.ofMinutes(11));
      core.followed(
          Samples.info(
              i == 1 ? "OSTOP" : "OSTOP" + i, stop.toString(), "canceled", "0", "49000.0", BOUGHT));
      core.pass(Duration.ofSeconds(3));
      assertThat(core.lastIntent().orderId()).isNotEqualTo(stop);
      stop = core.lastIntent().orderId();
      core.addOrder(stop, new AddOrderVerdict.Placed("OSTOP" + (i + 1)));
    }

    assertThat(core.facts(ProtectionFact.Failed.class)).isEmpty();
    assertThat(status(core).state()).isEqualTo("PROTECTED");
  }

  @Test
  void ownCancelsAreNoLosses() {
    CoreUnderTest core = core(null);
    UUID stop = guarded(core);
    for (int i = 1; i <= 5; i++) {
      String txid = i == 1 ? "OSTOP" : "OSTOP" + i;
      core.arrives(Action.CLOSE);
      UUID close = core.lastIntent().orderId();
      core.followed(Samples.info(txid, stop.toString(), "canceled", "0", "49000.0", BOUGHT));
      core.addOrder(close, new AddOrderVerdict.Placed("OCLOSE" + i));
      core.followed(
          Samples.info("OCLOSE" + i, close.toString(), "canceled", "0", "49990.0", BOUGHT));
      core.pass(Duration.ofSeconds(3));
      stop = core.lastIntent().orderId();
      assertThat(core.lastIntent().intent().stops()).isTrue();
      core.addOrder(stop, new AddOrderVerdict.Placed("OSTOP" + (i + 1)));
    }

    assertThat(core.facts(ProtectionFact.Failed.class)).isEmpty();
    assertThat(core.effects(Effect.Alarm.class)).isEmpty();
  }

  @Test
  void aStopThatCannotFollowThePriceIsToldOnceThoughAllIsCovered() {
    CoreUnderTest core = core(BigDecimal.ONE);
    guarded(core);
    int answered = 0;
    for (int second = 0; second < 600; second++) {
      core.step(
          new Message.PriceSeen(
              "BTC/USD",
              Samples.market(
                  Samples.BTC, core.now(), core.id(), "online", new BigDecimal("60000.0"))));
      List<Effect.Amend> asked = core.effects(Effect.Amend.class);
      if (asked.size() > answered) {
        answered = asked.size();
        refuse(core, asked.getLast());
      }
      core.pass(Duration.ofSeconds(1));
    }

    assertThat(answered).isGreaterThan(5);
    assertThat(core.facts(ProtectionFact.Failed.class))
        .singleElement()
        .satisfies(failed -> assertThat(failed.unprotected()).isZero());
    assertThat(core.effects(Effect.Alarm.class))
        .singleElement()
        .satisfies(
            alarm ->
                assertThat(alarm.text())
                    .contains("its stop rests where it shall not be: 3 changes of the stop"));
    assertThat(status(core).state()).isEqualTo("IMPOSSIBLE");

    while (core.effects(Effect.Amend.class).size() == answered) {
      core.pass(Duration.ofSeconds(1));
    }
    Effect.Amend again = core.last(Effect.Amend.class);
    core.step(
        new Message.AmendFinished(
            again.orderId(), again.deadline(), core.success("AmendOrder", "TAMEND")));
    assertThat(status(core).state()).isEqualTo("PROTECTED");
  }

  private static void refuse(CoreUnderTest core, Effect.Amend asked) {
    Answer<String> answer =
        new Answer.Failure<>(
            core.call("AmendOrder", Samples.reply("{\"error\":[\"" + REFUSED + "\"]}")),
            REFUSED,
            true);
    core.step(new Message.AmendFinished(asked.orderId(), asked.deadline(), answer));
  }

  @Test
  void whatIsSoldWithoutAStopIsNotCalledProtected() {
    CoreUnderTest core = core(null);
    UUID stop = guarded(core);
    assertThat(status(core).state()).isEqualTo("PROTECTED");
    core.arrives(Action.CLOSE);
    UUID close = core.lastIntent().orderId();
    assertThat(status(core).state()).isEqualTo("CHANGING");
    core.followed(Samples.info("OSTOP", stop.toString(), "canceled", "0", "49000.0", BOUGHT));
    core.addOrder(close, new AddOrderVerdict.MaybePlaced("timeout"));

    assertThat(status(core).resting()).isZero();
    assertThat(status(core).state()).isEqualTo("SELLING");
  }
}
