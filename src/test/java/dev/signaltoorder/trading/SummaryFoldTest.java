package dev.signaltoorder.trading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signaltoorder.journal.SignalSummary;
import dev.signaltoorder.risk.Side;
import dev.signaltoorder.signal.Action;
import dev.signaltoorder.signal.FieldProblem;
import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SummaryFoldTest {
  private static final UUID SIGNAL = new UUID(0x7000, 1);
  private static final UUID ORDER = new UUID(0x7000, 2);

  @Test
  void aReceivedSignalIsPending() {
    assertThat(received().outcome()).isEqualTo("PENDING");
    assertThat(received().action()).isEqualTo("BUY");
  }

  @Test
  void anInvalidSignalNamesItsProblems() {
    SignalSummary row =
        SummaryFold.invalid(
            new Fact.SignalInvalid(
                SIGNAL,
                "demo",
                "msg",
                "hash",
                Samples.NOW,
                List.of(new FieldProblem("/data/pair", "missing", "a pair"))));

    assertThat(row.outcome()).isEqualTo("INVALID");
    assertThat(row.reasons()).containsExactly("/data/pair: missing");
  }

  @Test
  void everyStateHasItsOutcome() {
    Execution part = execution("0.0004", "50000");
    Execution all = execution("0.001", "50000");

    assertThat(outcome(new OrderState.Intended())).isEqualTo("PENDING");
    assertThat(outcome(new OrderState.InDoubt("silence"))).isEqualTo("UNKNOWN");
    assertThat(outcome(new OrderState.Quarantined("silence"))).isEqualTo("QUARANTINED");
    assertThat(outcome(new OrderState.Refused("no"))).isEqualTo("REFUSED_BY_EXCHANGE");
    assertThat(outcome(new OrderState.NotPlaced("proof"))).isEqualTo("NOT_PLACED");
    assertThat(outcome(new OrderState.Open("O", Execution.NONE))).isEqualTo("OPEN");
    assertThat(outcome(new OrderState.Open("O", part))).isEqualTo("PARTIALLY_FILLED");
    assertThat(outcome(new OrderState.Ended("O", all, "closed"))).isEqualTo("FILLED");
    assertThat(outcome(new OrderState.Ended("O", part, "canceled"))).isEqualTo("PARTIALLY_FILLED");
    assertThat(outcome(new OrderState.Ended("O", Execution.NONE, "canceled")))
        .isEqualTo("CANCELED");
    assertThat(outcome(new OrderState.Ended("O", Execution.NONE, "expired"))).isEqualTo("CANCELED");
  }

  @Test
  void aDoubtSaysWhy() {
    assertThat(row(Side.BUY, new OrderState.InDoubt("silence")).reasons())
        .containsExactly("silence");
  }

  @Test
  void aFillShowsVolumePriceFeeAndSlippage() {
    // Given
    OrderState filled = new OrderState.Ended("OABC", execution("0.001", "50100"), "closed");

    // When
    SignalSummary row = row(Side.BUY, filled);

    // Then
    assertThat(row.orderTxid()).isEqualTo("OABC");
    assertThat(row.volume()).isEqualByComparingTo("0.001");
    assertThat(row.averagePrice()).isEqualByComparingTo("50100");
    assertThat(row.fee()).isEqualByComparingTo("0.1");
    assertThat(row.slippageBps()).isEqualTo(new BigDecimal("20.00"));
  }

  @Test
  void aSellAboveMidIsBetterAndSoNegative() {
    OrderState filled = new OrderState.Ended("OABC", execution("0.001", "50100"), "closed");

    assertThat(row(Side.SELL, filled).slippageBps()).isEqualTo(new BigDecimal("-20.00"));
  }

  private static SignalSummary received() {
    return SummaryFold.received(
        new Fact.SignalReceived(
            SIGNAL,
            "demo",
            "msg",
            "hash",
            Samples.NOW,
            Samples.signal(Action.BUY, "breakout", "BTC/USD", "50", Samples.NOW)));
  }

  private static String outcome(OrderState state) {
    return row(Side.BUY, state).outcome();
  }

  private static SignalSummary row(Side side, OrderState state) {
    OrderIntent intent = Samples.intent(ORDER, Samples.plan(side, "0.001", "50000"), Samples.NOW);
    return SummaryFold.ordered(received(), new Order(ORDER, SIGNAL, intent, state));
  }

  private static Execution execution(String volume, String price) {
    BigDecimal base = new BigDecimal(volume);
    BigDecimal average = new BigDecimal(price);
    return new Execution(base, base.multiply(average), new BigDecimal("0.1"), average);
  }
}
