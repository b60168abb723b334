package dev.signaltoorder.trading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signaltoorder.kraken.AddOrderVerdict;
import dev.signaltoorder.kraken.OrderInfo;
import dev.signaltoorder.risk.Side;
import dev.signaltoorder.signal.Action;
import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each invariant is broken on purpose, and the account must stop for exactly that reason. */
class InvariantsTest {
  private static final UUID SIGNAL = new UUID(0x7001, 1);
  private static final UUID ORDER = new UUID(0x7001, 2);
  private static final Execution SOME =
      new Execution(
          new BigDecimal("0.0004"),
          new BigDecimal("20"),
          new BigDecimal("0.05"),
          new BigDecimal("50000"));

  private static final Map<Invariant, Consumer<CoreUnderTest>> PROVOCATIONS =
      new EnumMap<>(Invariant.class);

  static {
    // A second call of an approved order: one more went out than was approved.
    PROVOCATIONS.put(
        Invariant.ORDERS_OUT,
        core -> {
          UUID orderId = core.open();
          core.addOrder(orderId, new AddOrderVerdict.Placed("OABC"));
        });
    PROVOCATIONS.put(
        Invariant.SENT_ONCE,
        core -> {
          core.intended();
          UUID orderId = core.open();
          core.addOrder(orderId, new AddOrderVerdict.Placed("OABC"));
        });
    PROVOCATIONS.put(
        Invariant.ONE_ORDER,
        core -> {
          UUID orderId = core.inDoubt();
          core.tick();
          OrderInfo one = Samples.info("O1", orderId.toString(), "open", "0", "50010.0");
          OrderInfo two = Samples.info("O2", orderId.toString(), "closed", "0", "50010.0");
          core.lookedUp(
              orderId,
              core.success("OpenOrders", Map.of("O1", one)),
              core.success("ClosedOrders", Map.of("O2", two)),
              true);
        });
    PROVOCATIONS.put(
        Invariant.SAME_ORDER,
        core -> {
          UUID orderId = core.inDoubt();
          core.tick();
          core.looksUp(
              orderId, Samples.info("O1", orderId.toString(), "open", "0", "50010.0", "7"));
        });
    PROVOCATIONS.put(
        Invariant.STAYS_ABSENT,
        core -> {
          UUID orderId = core.inDoubt();
          fact(core, new Fact.OrderNotPlaced(orderId, signalOf(core, orderId), "silence", true));
          core.addOrder(orderId, new AddOrderVerdict.Placed("OABC"));
        });
    PROVOCATIONS.put(
        Invariant.EXECUTED,
        core -> {
          UUID orderId = core.open();
          core.followed(Samples.info("OABC", orderId.toString(), "closed", "0.0010000", "50010.0"));
        });
    // A fill that did not come from an order.
    PROVOCATIONS.put(
        Invariant.EXPOSURE,
        core ->
            core.state()
                .positions()
                .filled(
                    Samples.intent(ORDER, Samples.plan(Side.BUY, "0.001", "50000"), Samples.NOW),
                    Execution.NONE,
                    SOME));
    PROVOCATIONS.put(
        Invariant.ONE_STATE,
        core -> {
          UUID orderId = core.open();
          Order order = core.state().order(orderId);
          core.state()
              .searches()
              .moved(order.with(new OrderState.PresumedAbsent("and alive as well")));
        });
    PROVOCATIONS.put(
        Invariant.RESERVATIONS,
        core ->
            core.state()
                .holdings()
                .approved(
                    ORDER,
                    Samples.intent(ORDER, Samples.plan(Side.BUY, "-1", "50000"), Samples.NOW),
                    BigDecimal.ZERO));
    // A second stop beside one that is alive; nothing is held, so both sell too much.
    PROVOCATIONS.put(
        Invariant.ONE_STOP,
        core -> {
          fact(core, new Fact.OrderIntended(ORDER, SIGNAL, stop(ORDER)));
          fact(core, new Fact.OrderIntended(SIGNAL, SIGNAL, stop(SIGNAL)));
        });
    PROVOCATIONS.put(
        Invariant.STOP_COVERED,
        core -> fact(core, new Fact.OrderIntended(ORDER, SIGNAL, stop(ORDER))));
    PROVOCATIONS.put(
        Invariant.DECIDED_ONCE,
        core -> {
          core.arrives(Action.BUY);
          fact(core, core.facts(Fact.SignalDecided.class).getLast());
        });
    PROVOCATIONS.put(
        Invariant.ONE_INTENT,
        core -> {
          core.intended();
          Fact.OrderIntended first = core.lastIntent();
          fact(core, new Fact.OrderIntended(ORDER, first.signalId(), first.intent()));
        });
    PROVOCATIONS.put(
        Invariant.TAKEN_ONCE,
        core -> {
          core.arrives(Action.BUY);
          Fact.SignalReceived first = core.facts(Fact.SignalReceived.class).getLast();
          fact(
              core,
              new Fact.SignalReceived(
                  SIGNAL,
                  first.source(),
                  first.deliveryId(),
                  first.bodySha256(),
                  first.receivedAt(),
                  first.signal()));
        });
    PROVOCATIONS.put(
        Invariant.GAPLESS,
        core -> {
          core.journalHolds(100);
          core.arrives(Action.BUY);
          core.journalHolds(100);
        });
  }

  private static OrderIntent stop(UUID orderId) {
    OrderIntent plain =
        Samples.intent(orderId, Samples.plan(Side.SELL, "0.001", "49000"), Samples.NOW);
    return new OrderIntent(
        plain.clientOrderId(),
        plain.strategy(),
        plain.altname(),
        plain.baseAsset(),
        plain.quoteAsset(),
        plain.plan(),
        plain.approvedAt(),
        plain.deadline(),
        false,
        plain.midAtDecision(),
        new Protective(Protective.Role.STOP, ORDER, "a test"),
        null,
        null);
  }

  @ParameterizedTest
  @EnumSource(Invariant.class)
  void whatMustNeverBeHaltsTheAccountAndIsWrittenDown(Invariant invariant) {
    // Given
    CoreUnderTest core = CoreUnderTest.serving();
    assertThat(core.facts(Fact.InvariantViolated.class)).isEmpty();

    // When
    Objects.requireNonNull(PROVOCATIONS.get(invariant)).accept(core);
    core.step(new Message.Disarm("anna"));

    // Then
    assertThat(core.facts(Fact.InvariantViolated.class))
        .extracting(Fact.InvariantViolated::kind)
        .contains(invariant.code());
    Fact.TradingHalted halt = Objects.requireNonNull(core.state().halt());
    assertThat(halt.scope()).isEqualTo("ALL");
    assertThat(halt.actor()).isEqualTo("invariant");
    assertThat(core.effects(Effect.CloseGate.class)).isNotEmpty();
    assertThat(core.effects(Effect.Alarm.class)).anyMatch(a -> a.text().contains(invariant.code()));
    assertThat(core.state().tallies().violations()).isPositive();
  }

  @Test
  void everyInvariantHasItsOwnCodeAndText() {
    assertThat(Invariant.values()).extracting(Invariant::code).doesNotHaveDuplicates();
    assertThat(Invariant.values()).extracting(Invariant::holds).allMatch(text -> !text.isBlank());
    assertThat(PROVOCATIONS.keySet()).containsExactlyInAnyOrder(Invariant.values());
  }

  @Test
  void anOperatorWhoResumesAcceptsTheSurplusAndOneMoreHaltsAgain() {
    // Given
    CoreUnderTest core = CoreUnderTest.serving();
    UUID first = core.open();
    core.addOrder(first, new AddOrderVerdict.Placed("OABC"));
    assertThat(core.state().halt()).isNotNull();

    // When
    core.step(new Message.Resume("anna", "the second call was ours, by hand"));

    // Then
    assertThat(core.facts(Fact.TradingResumed.class).getLast().acceptedSurplus()).isEqualTo(1);
    UUID second = core.inDoubt();
    assertThat(core.state().halt()).isNull();
    core.addOrder(second, new AddOrderVerdict.MaybePlaced("again"));
    assertThat(core.state().halt()).isNotNull();
  }

  @Test
  void whatWasReportedIsNotReportedAgainAfterARestartOrAResume() {
    // Given
    CoreUnderTest core = CoreUnderTest.serving();
    Objects.requireNonNull(PROVOCATIONS.get(Invariant.DECIDED_ONCE)).accept(core);
    core.step(new Message.Disarm("anna"));
    List<Fact.InvariantViolated> reported = core.facts(Fact.InvariantViolated.class);
    core.step(new Message.Resume("anna", "understood"));

    // When
    core.restart();
    core.keysChecked(false);

    // Then
    assertThat(core.facts(Fact.InvariantViolated.class)).isEqualTo(reported);
    assertThat(core.state().halt()).isNull();
  }

  private static UUID signalOf(CoreUnderTest core, UUID orderId) {
    return core.state().order(orderId).signalId();
  }

  /** A fact that no sound program writes here. */
  private static void fact(CoreUnderTest core, Fact fact) {
    core.write(fact);
  }
}
