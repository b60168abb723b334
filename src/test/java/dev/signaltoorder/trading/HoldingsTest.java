package dev.signaltoorder.trading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signaltoorder.kraken.AssetBalance;
import dev.signaltoorder.risk.Side;
import java.math.BigDecimal;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A buy of 0.001 BTC at 50 000 USD binds 50 USD, a sell 0.001 BTC. */
class HoldingsTest {
  private final Holdings holdings = new Holdings();
  private BigDecimal fee = BigDecimal.ZERO;

  @Test
  void nothingIsFreeWhileNothingIsKnown() {
    assertThat(holdings.known()).isFalse();
    assertThat(holdings.free("ZUSD")).isNull();
  }

  @Test
  void whatKrakenHoldsBackIsNotFree() {
    read(10, "1000", "300");

    assertThat(holdings.free("ZUSD")).isEqualByComparingTo("700");
    assertThat(holdings.free("XETH")).isZero();
  }

  @Test
  void anApprovedBuyBindsItsQuoteAmountAndASellItsVolume() {
    read(10, "1000", "0");

    approve(1, Side.BUY);
    approve(2, Side.SELL);

    assertThat(holdings.free("ZUSD")).isEqualByComparingTo("950");
    assertThat(holdings.free("XXBT")).isEqualByComparingTo("1.999");
  }

  @Test
  void balancesAskedForBeforeKrakenHadTheOrderDoNotContainIt() {
    // Given
    Order order = approve(1, Side.BUY);
    holdings.placed(order.orderId(), 20);

    // When
    read(19, "1000", "0");

    // Then
    assertThat(holdings.free("ZUSD")).isEqualByComparingTo("950");
  }

  @Test
  void balancesAskedForAfterKrakenHadTheOrderContainIt() {
    // Given
    Order order = approve(1, Side.BUY);
    holdings.placed(order.orderId(), 20);

    // When
    read(20, "1000", "50");

    // Then
    assertThat(holdings.free("ZUSD")).isEqualByComparingTo("950");
  }

  @Test
  void anOrderThatEndedUnfilledBindsNothing() {
    // Given
    Order order = approve(1, Side.BUY);
    read(10, "1000", "0");

    // When
    holdings.ended(order.with(new OrderState.NotPlaced("never sent")), 30);

    // Then
    assertThat(holdings.free("ZUSD")).isEqualByComparingTo("1000");
    assertThat(holdings.reservedOrders()).isEmpty();
  }

  @Test
  void whatAFilledOrderSpentIsDeductedUntilBalancesContainIt() {
    // Given
    Order order = approve(1, Side.BUY);
    read(10, "1000", "0");
    Execution execution =
        new Execution(
            new BigDecimal("0.001"),
            new BigDecimal("49"),
            new BigDecimal("0.5"),
            new BigDecimal("49000"));
    holdings.ended(order.with(new OrderState.Ended("OABC", execution, "closed")), 30);
    assertThat(holdings.free("ZUSD")).isEqualByComparingTo("950.5");

    // When
    read(30, "950.5", "0");

    // Then
    assertThat(holdings.free("ZUSD")).isEqualByComparingTo("950.5");
    assertThat(holdings.reservedOrders()).isEmpty();
  }

  @Test
  void anApprovedBuyBindsItsFeeAsWellAndASellDoesNot() {
    read(10, "1000", "0");
    fee = new BigDecimal("0.26");

    approve(1, Side.BUY);
    approve(2, Side.SELL);

    assertThat(holdings.free("ZUSD")).isEqualByComparingTo("949.87");
    assertThat(holdings.free("XXBT")).isEqualByComparingTo("1.999");
  }

  private Order approve(int number, Side side) {
    UUID orderId = new UUID(0x7000, number);
    OrderIntent intent = Samples.intent(orderId, Samples.plan(side, "0.001", "50000"), Samples.NOW);
    holdings.approved(orderId, intent, fee);
    return new Order(orderId, new UUID(0x7001, number), intent, new OrderState.Intended());
  }

  private void read(long asOf, String dollars, String held) {
    holdings.read(
        new Fact.BalancesRead(
            asOf,
            Map.of(
                "ZUSD",
                new AssetBalance(new BigDecimal(dollars), new BigDecimal(held)),
                "XXBT",
                new AssetBalance(new BigDecimal("2"), BigDecimal.ZERO)),
            Map.of()));
  }
}
