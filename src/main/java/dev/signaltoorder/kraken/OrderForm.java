package dev.signaltoorder.kraken;

import dev.signaltoorder.kraken.OrderIdentity.ConditionalClose;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Orders and their changes as form fields (REST reference, AddOrder and AmendOrder). */
final class OrderForm {

  // Milliseconds and no more: the instant is cut, never rounded up.
  private static final DateTimeFormatter DEADLINE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private OrderForm() {}

  static FormBody of(SpotOrder order) {
    OrderKind kind = order.kind();
    OrderExtras extras = order.extras();
    OrderExtras.Margin margin = extras.margin();
    FormBody form =
        FormBody.EMPTY
            .with("ordertype", kind.orderType())
            .with("type", order.side().wireName())
            .with("pair", order.pair())
            .with("volume", order.volume().toPlainString());
    form = withPrices(form, kind);
    form = withLifetime(form, lifetimeOf(kind));
    form =
        form.with("oflags", flags(order))
            .with("leverage", margin == null ? null : Integer.toString(margin.leverage()))
            .with("reduce_only", margin != null && margin.reduceOnly() ? "true" : null)
            .with("stptype", extras.selfTrade() == null ? null : extras.selfTrade().wireName())
            .with("starttm", seconds(extras.startsAt()));
    return withIdentity(form, order.identity())
        .with("deadline", DEADLINE.format(order.deadline()))
        .with("asset_class", extras.tokenizedAsset() ? "tokenized_asset" : null)
        .with("trading_agreement", extras.tradingAgreement() ? "agree" : null)
        // Left out when not wanted: "validate=false" was once read as validate.
        .with("validate", order.validateOnly() ? "true" : null);
  }

  private static FormBody withPrices(FormBody form, OrderKind kind) {
    return switch (kind) {
      case OrderKind.Market market -> form;
      case OrderKind.MarketSpend spend -> form;
      case OrderKind.SettlePosition settle -> form;
      case OrderKind.Limit limit -> form.with("price", limit.price().text());
      case OrderKind.LimitPostOnly limit -> form.with("price", limit.price().text());
      case OrderKind.Iceberg iceberg ->
          form.with("price", iceberg.price().text())
              .with("displayvol", iceberg.displayed().toPlainString());
      case OrderKind.StopLoss stop -> triggered(form, stop.trigger().text(), null, stop.by());
      case OrderKind.TakeProfit take -> triggered(form, take.trigger().text(), null, take.by());
      case OrderKind.StopLossLimit stop ->
          triggered(form, stop.trigger().text(), stop.limit().text(), stop.by());
      case OrderKind.TakeProfitLimit take ->
          triggered(form, take.trigger().text(), take.limit().text(), take.by());
      case OrderKind.TrailingStop stop -> triggered(form, stop.trail().text(), null, stop.by());
      case OrderKind.TrailingStopLimit stop ->
          triggered(form, stop.trail().text(), stop.limit().text(), stop.by());
    };
  }

  private static FormBody triggered(
      FormBody form, String price, @Nullable String price2, OrderKind.TriggerBy by) {
    return form.with("price", price)
        .with("price2", price2)
        // The last trade is Kraken's default.
        .with("trigger", by == OrderKind.TriggerBy.INDEX ? "index" : null);
  }

  private static @Nullable OrderLifetime lifetimeOf(OrderKind kind) {
    return switch (kind) {
      case OrderKind.Limit limit -> limit.lifetime();
      case OrderKind.LimitPostOnly limit -> limit.lifetime();
      case OrderKind.Iceberg iceberg -> iceberg.lifetime();
      case OrderKind.StopLossLimit stop -> stop.lifetime();
      case OrderKind.TakeProfitLimit take -> take.lifetime();
      case OrderKind.TrailingStopLimit stop -> stop.lifetime();
      case OrderKind.Market market -> null;
      case OrderKind.MarketSpend spend -> null;
      case OrderKind.SettlePosition settle -> null;
      case OrderKind.StopLoss stop -> null;
      case OrderKind.TakeProfit take -> null;
      case OrderKind.TrailingStop stop -> null;
    };
  }

  private static FormBody withLifetime(FormBody form, @Nullable OrderLifetime lifetime) {
    if (lifetime == null) {
      return form;
    }
    return form.with("timeinforce", lifetime.timeInForce())
        .with(
            "expiretm",
            lifetime instanceof OrderLifetime.GoodTillDate date ? seconds(date.expiresAt()) : null);
  }

  private static @Nullable String flags(SpotOrder order) {
    List<String> flags = new ArrayList<>();
    if (order.kind() instanceof OrderKind.LimitPostOnly
        || (order.kind() instanceof OrderKind.Iceberg iceberg && iceberg.postOnly())) {
      flags.add("post");
    }
    if (order.extras().feeIn() != null) {
      flags.add(order.extras().feeIn().flag());
    }
    if (order.kind() instanceof OrderKind.MarketSpend) {
      flags.add("viqc");
    }
    return flags.isEmpty() ? null : String.join(",", flags);
  }

  private static FormBody withIdentity(FormBody form, OrderIdentity identity) {
    return switch (identity) {
      case OrderIdentity.ClientOrderId own -> form.with("cl_ord_id", own.id());
      case OrderIdentity.UserReference own ->
          withClose(form.with("userref", Integer.toString(own.reference())), own.close());
      case OrderIdentity.Anonymous none -> withClose(form, none.close());
    };
  }

  private static FormBody withClose(FormBody form, @Nullable ConditionalClose close) {
    if (close == null) {
      return form;
    }
    return form.with("close[ordertype]", close.type().orderType())
        .with("close[price]", close.price().text())
        .with("close[price2]", close.limit() == null ? null : close.limit().text());
  }

  static FormBody of(Amendment change) {
    FormBody form = of(change.order());
    return form.with("order_qty", plain(change.volume()))
        .with("display_qty", plain(change.displayed()))
        .with("limit_price", change.limitPrice() == null ? null : change.limitPrice().text())
        .with("trigger_price", change.triggerPrice() == null ? null : change.triggerPrice().text())
        .with("post_only", change.postOnly() ? "true" : null)
        .with("deadline", DEADLINE.format(change.deadline()));
  }

  static FormBody of(OrderReference order) {
    return switch (order) {
      case OrderReference.Txid kraken -> FormBody.EMPTY.with("txid", kraken.txid());
      case OrderReference.ClientOrderId own -> FormBody.EMPTY.with("cl_ord_id", own.id());
    };
  }

  private static @Nullable String plain(java.math.@Nullable BigDecimal amount) {
    return amount == null ? null : amount.toPlainString();
  }

  private static @Nullable String seconds(@Nullable Instant instant) {
    return instant == null ? null : Long.toString(instant.getEpochSecond());
  }
}
