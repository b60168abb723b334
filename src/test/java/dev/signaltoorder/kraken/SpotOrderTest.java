package dev.signaltoorder.kraken;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.signaltoorder.kraken.OrderIdentity.Anonymous;
import dev.signaltoorder.kraken.OrderIdentity.ClientOrderId;
import dev.signaltoorder.kraken.OrderIdentity.CloseType;
import dev.signaltoorder.kraken.OrderIdentity.ConditionalClose;
import dev.signaltoorder.kraken.OrderIdentity.UserReference;
import dev.signaltoorder.kraken.OrderKind.TriggerBy;
import dev.signaltoorder.kraken.OrderLifetime.FillOrKill;
import dev.signaltoorder.kraken.OrderLifetime.GoodTillCanceled;
import dev.signaltoorder.kraken.OrderLifetime.GoodTillDate;
import dev.signaltoorder.kraken.OrderLifetime.ImmediateOrCancel;
import dev.signaltoorder.kraken.OrderPrice.At;
import dev.signaltoorder.kraken.OrderPrice.Direction;
import dev.signaltoorder.kraken.OrderPrice.Distance;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpotOrderTest {

  private static final Instant DEADLINE = Instant.parse("2026-11-22T10:00:08.123999999Z");
  private static final String ID = "6d1b345e-2821-40e2-ad83-4ecb18a06876";
  private static final At PRICE = new At(new BigDecimal("37500.10"));
  private static final At OTHER = new At(new BigDecimal("37000"));
  private static final GoodTillCanceled GTC = new GoodTillCanceled();
  private static final BigDecimal ONE = new BigDecimal("1.50");
  private static final OrderKind.Trail TRAIL = new OrderKind.Trail(new BigDecimal("1.5"), true);

  private static SpotOrder order(OrderSide side, OrderKind kind, OrderExtras extras) {
    return new SpotOrder("XBTUSD", side, ONE, kind, new ClientOrderId(ID), DEADLINE, false, extras);
  }

  private static SpotOrder sell(OrderKind kind) {
    return order(OrderSide.SELL, kind, OrderExtras.NONE);
  }

  private static SpotOrder with(OrderIdentity identity) {
    return new SpotOrder(
        "XBTUSD",
        OrderSide.BUY,
        ONE,
        new OrderKind.Market(),
        identity,
        DEADLINE,
        true,
        OrderExtras.NONE);
  }

  /** What stands between the volume and the client order id. */
  private static String middle(SpotOrder order) {
    String form = OrderForm.of(order).encoded();
    String end = "&cl_ord_id=" + ID + "&deadline=2026-11-22T10%3A00%3A08.123Z";
    String start = "&type=" + order.side().wireName() + "&pair=XBTUSD&volume=1.50";
    assertThat(form).startsWith("ordertype=" + order.kind().orderType() + start).endsWith(end);
    return form.substring(form.indexOf("volume=1.50") + 11, form.length() - end.length());
  }

  static Stream<Arguments> kinds() {
    return Stream.of(
        Arguments.of(new OrderKind.Market(), ""),
        Arguments.of(new OrderKind.Limit(PRICE, GTC), "&price=37500.10&timeinforce=GTC"),
        Arguments.of(
            new OrderKind.Limit(PRICE, new ImmediateOrCancel()), "&price=37500.10&timeinforce=IOC"),
        Arguments.of(
            new OrderKind.Limit(PRICE, new FillOrKill()), "&price=37500.10&timeinforce=FOK"),
        Arguments.of(
            new OrderKind.Limit(PRICE, new GoodTillDate(Instant.ofEpochSecond(1_800_000_000))),
            "&price=37500.10&timeinforce=GTD&expiretm=1800000000"),
        Arguments.of(
            new OrderKind.Limit(
                new Distance(Direction.AS_THE_TYPE_NEEDS, new BigDecimal("5"), true), GTC),
            "&price=%235%25&timeinforce=GTC"),
        Arguments.of(
            new OrderKind.LimitPostOnly(PRICE, GTC), "&price=37500.10&timeinforce=GTC&oflags=post"),
        Arguments.of(
            new OrderKind.Iceberg(PRICE, new BigDecimal("0.10"), GTC, true),
            "&price=37500.10&displayvol=0.10&timeinforce=GTC&oflags=post"),
        Arguments.of(new OrderKind.StopLoss(PRICE, TriggerBy.LAST), "&price=37500.10"),
        Arguments.of(
            new OrderKind.TakeProfit(PRICE, TriggerBy.INDEX), "&price=37500.10&trigger=index"),
        Arguments.of(
            new OrderKind.StopLossLimit(PRICE, OTHER, TriggerBy.LAST, GTC),
            "&price=37500.10&price2=37000&timeinforce=GTC"),
        Arguments.of(
            new OrderKind.TakeProfitLimit(PRICE, OTHER, TriggerBy.LAST, new ImmediateOrCancel()),
            "&price=37500.10&price2=37000&timeinforce=IOC"),
        Arguments.of(new OrderKind.TrailingStop(TRAIL, TriggerBy.LAST), "&price=%2B1.5%25"),
        Arguments.of(
            new OrderKind.TrailingStopLimit(
                TRAIL,
                new Distance(Direction.BELOW, new BigDecimal("20"), false),
                TriggerBy.LAST,
                GTC),
            "&price=%2B1.5%25&price2=-20&timeinforce=GTC"));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void everyKindIsWrittenWithExactlyItsFields(OrderKind kind, String fields) {
    assertThat(middle(sell(kind))).isEqualTo(fields);
  }

  @Test
  void aMarketBuyCanSayWhatToSpend() {
    assertThat(middle(order(OrderSide.BUY, new OrderKind.MarketSpend(), OrderExtras.NONE)))
        .isEqualTo("&oflags=viqc");
    assertThat(
            middle(
                order(
                    OrderSide.BUY,
                    new OrderKind.MarketSpend(),
                    OrderExtras.NONE.withFeeIn(OrderExtras.FeeIn.BASE))))
        .isEqualTo("&oflags=fcib%2Cviqc");
  }

  @Test
  void extrasAreWrittenWhenWanted() {
    OrderExtras extras =
        OrderExtras.NONE
            .withFeeIn(OrderExtras.FeeIn.QUOTE)
            .withMargin(new OrderExtras.Margin(5, true))
            .withSelfTrade(OrderExtras.SelfTrade.CANCEL_BOTH)
            .withStart(Instant.ofEpochSecond(1_800_000_000))
            .withTokenizedAsset()
            .withTradingAgreement();

    assertThat(
            OrderForm.of(order(OrderSide.BUY, new OrderKind.LimitPostOnly(PRICE, GTC), extras))
                .encoded())
        .contains("&oflags=post%2Cfciq&leverage=5&reduce_only=true&stptype=cancel-both")
        .contains("&starttm=1800000000&")
        .endsWith("&asset_class=tokenized_asset&trading_agreement=agree");
  }

  @Test
  void aConditionalCloseGoesWithAUserReferenceOrWithNoIdAtAll() {
    ConditionalClose close = new ConditionalClose(CloseType.STOP_LOSS_LIMIT, PRICE, OTHER);

    assertThat(OrderForm.of(with(new UserReference(-7, close))).encoded())
        .contains("&userref=-7&close%5Bordertype%5D=stop-loss-limit")
        .contains("&close%5Bprice%5D=37500.10&close%5Bprice2%5D=37000&deadline=")
        .endsWith("&validate=true");
    assertThat(OrderForm.of(with(new Anonymous(close))).encoded())
        .contains("close%5Bordertype%5D")
        .doesNotContain("userref")
        .doesNotContain("cl_ord_id");
    assertThat(OrderForm.of(with(new Anonymous(null))).encoded()).doesNotContain("close");
  }

  @Test
  void contradictionsAreRefused() {
    assertRefused(OrderSide.SELL, new OrderKind.MarketSpend(), OrderExtras.NONE);
    assertRefused(
        OrderSide.BUY,
        new OrderKind.MarketSpend(),
        OrderExtras.NONE.withMargin(new OrderExtras.Margin(2, false)));
    assertRefused(OrderSide.SELL, new OrderKind.SettlePosition(), OrderExtras.NONE);
    assertRefused(
        OrderSide.BUY,
        new OrderKind.Iceberg(PRICE, new BigDecimal("0.09"), GTC, false),
        OrderExtras.NONE);
    assertRefused(
        OrderSide.BUY,
        new OrderKind.Iceberg(PRICE, new BigDecimal("1.51"), GTC, false),
        OrderExtras.NONE);
  }

  private static void assertRefused(OrderSide side, OrderKind kind, OrderExtras extras) {
    assertThatIllegalArgumentException().isThrownBy(() -> order(side, kind, extras));
  }

  @Test
  void onlySettlingTakesNoVolume() {
    OrderExtras margin = OrderExtras.NONE.withMargin(new OrderExtras.Margin(2, false));

    assertThat(volume("0", new OrderKind.SettlePosition(), margin).volume()).isZero();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> volume("0", new OrderKind.Market(), margin));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> volume("-1", new OrderKind.SettlePosition(), margin));
  }

  private static SpotOrder volume(String volume, OrderKind kind, OrderExtras extras) {
    return new SpotOrder(
        "XBTUSD",
        OrderSide.SELL,
        new BigDecimal(volume),
        kind,
        new Anonymous(null),
        DEADLINE,
        false,
        extras);
  }

  @Test
  void pricesAndDistancesAreGreaterThanZero() {
    assertThatIllegalArgumentException().isThrownBy(() -> new At(BigDecimal.ZERO));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Distance(Direction.ABOVE, BigDecimal.ZERO, false));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new OrderKind.Trail(new BigDecimal("-1"), true));
  }

  @Test
  void aConditionalCloseHasThePricesOfItsKind() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ConditionalClose(CloseType.LIMIT, PRICE, OTHER));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ConditionalClose(CloseType.TAKE_PROFIT_LIMIT, PRICE, null));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ConditionalClose(CloseType.TRAILING_STOP, PRICE, null));
  }

  @ParameterizedTest
  @ValueSource(strings = {ID, "6d1b345e282140e2ad834ecb18a06876", "p5669_1", "a-b"})
  void clientOrderIdsThatKrakenTakes(String id) {
    assertThat(new ClientOrderId(id).id()).isEqualTo(id);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "UPPER", "a b", "nineteen-characters", "6D1B345E-2821-40E2-AD83-4ECB18A06876"})
  void clientOrderIdsThatKrakenRefuses(String id) {
    assertThatIllegalArgumentException().isThrownBy(() -> new ClientOrderId(id));
  }

  @Test
  void theLoopsRequestMeansTheSameOrder() {
    assertThat(request("limit", "37500.10", "GTC", true).kind())
        .isEqualTo(new OrderKind.LimitPostOnly(PRICE, GTC));
    assertThat(request("limit", "37500.10", "IOC", false).kind())
        .isEqualTo(new OrderKind.Limit(PRICE, new ImmediateOrCancel()));
    assertThat(request("market", null, null, false).kind()).isEqualTo(new OrderKind.Market());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> request("limit", "37500.10", "IOC", true));
    assertThatIllegalArgumentException().isThrownBy(() -> request("limit", null, "GTC", false));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> request("market", "37500.10", null, false));
    assertThatIllegalArgumentException().isThrownBy(() -> request("market", null, null, true));
  }

  private static SpotOrder request(
      String type, @Nullable String price, @Nullable String lifetime, boolean postOnly) {
    return new AddOrderRequest(
            "XBTUSD", "buy", type, "1.50", price, lifetime, postOnly, ID, DEADLINE, false)
        .toSpotOrder();
  }

  @Test
  void anAmendmentChangesSomethingOfOneOrder() {
    OrderReference txid = new OrderReference.Txid("O1");
    Amendment change = new Amendment(txid, ONE, null, PRICE, null, true, DEADLINE);

    assertThat(OrderForm.of(change).encoded())
        .isEqualTo(
            "txid=O1&order_qty=1.50&limit_price=37500.10&post_only=true"
                + "&deadline=2026-11-22T10%3A00%3A08.123Z");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Amendment(txid, null, null, null, null, false, DEADLINE));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Amendment(txid, ONE, null, null, null, true, DEADLINE));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Amendment(txid, BigDecimal.ZERO, null, null, null, false, DEADLINE));
    assertThatIllegalArgumentException().isThrownBy(() -> new OrderReference.Txid("O1,O2"));
  }
}
