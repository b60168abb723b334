package dev.signaltoorder.paper;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Channel {@code balances} of one account: what it has, then every ledger entry. */
final class BalancesChannel implements SocketSubscription {

  private final String account;
  private final Pairs pairs;
  private final ExchangeState state;
  private final boolean wantsSnapshot;
  private long sequence;

  BalancesChannel(String account, Pairs pairs, ExchangeState state, boolean wantsSnapshot) {
    this.account = account;
    this.pairs = pairs;
    this.state = state;
    this.wantsSnapshot = wantsSnapshot;
  }

  @Override
  public String channel() {
    return "balances";
  }

  @Override
  public @Nullable String symbol() {
    return null;
  }

  @Override
  public ObjectNode acknowledged() {
    return Json.object().put("channel", channel()).put("snapshot", wantsSnapshot);
  }

  @Override
  public List<ObjectNode> snapshot(Instant now) {
    if (!wantsSnapshot) {
      return List.of();
    }
    ArrayNode data = Json.array();
    for (Map.Entry<String, BigDecimal> balance : state.balances(account).entrySet()) {
      Asset asset = pairs.asset(balance.getKey());
      if (asset == null) {
        continue;
      }
      BigDecimal amount = shown(asset, balance.getValue());
      ObjectNode row =
          data.addObject()
              .put("asset", asset.symbol())
              .put("asset_class", "currency")
              .put("balance", amount);
      row.putArray("wallets")
          .addObject()
          .put("type", "spot")
          .put("id", "main")
          .put("balance", amount);
    }
    return List.of(message("snapshot", data));
  }

  @Override
  public List<ObjectNode> updates(List<ExchangeEvent> events, Instant now) {
    List<ObjectNode> messages = new ArrayList<>();
    for (ExchangeEvent event : events) {
      if (event instanceof ExchangeEvent.TradeBooked booked && event.account().equals(account)) {
        messages.add(message("update", legs(booked)));
      }
    }
    return messages;
  }

  private ArrayNode legs(ExchangeEvent.TradeBooked booked) {
    PaperTrade trade = booked.trade();
    Pair pair = pairs.get(booked.terms().pair());
    boolean buy = booked.terms().side() == OrderSide.BUY;
    BigDecimal base = buy ? trade.volume() : trade.volume().negate();
    BigDecimal quote = buy ? trade.cost().negate() : trade.cost();
    ArrayNode data = Json.array();
    data.add(leg(trade, pair.base(), "B", base, BigDecimal.ZERO, booked.baseAfter()));
    data.add(leg(trade, pair.quote(), "Q", quote, trade.fee(), booked.quoteAfter()));
    return data;
  }

  /** Both legs have the fill as their reference, and an id of their own made from it. */
  private static ObjectNode leg(
      PaperTrade trade,
      Asset asset,
      String leg,
      BigDecimal amount,
      BigDecimal fee,
      BigDecimal after) {
    return Json.object()
        .put("ledger_id", "L" + leg + trade.id().substring(2))
        .put("ref_id", trade.id())
        .put("timestamp", SocketJson.time(trade.time()))
        .put("type", "trade")
        .put("asset", asset.symbol())
        .put("asset_class", "currency")
        .put("category", "trade")
        .put("wallet_type", "spot")
        .put("wallet_id", "main")
        .put("amount", shown(asset, amount))
        .put("fee", shown(asset, fee))
        .put("balance", shown(asset, after));
  }

  private static BigDecimal shown(Asset asset, BigDecimal amount) {
    return amount.setScale(asset.decimals(), RoundingMode.DOWN);
  }

  private ObjectNode message(String type, ArrayNode data) {
    ObjectNode message = Json.object().put("channel", channel()).put("type", type);
    message.set("data", data);
    return message.put("sequence", ++sequence);
  }
}
