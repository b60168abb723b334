package dev.signaltoorder.trading;

import dev.signaltoorder.kraken.CallOutcome;
import dev.signaltoorder.kraken.CallRecord;
import dev.signaltoorder.kraken.OrderInfo;
import dev.signaltoorder.market.MarketSnapshot;
import dev.signaltoorder.market.PairRules;
import dev.signaltoorder.risk.OrderPlan;
import dev.signaltoorder.risk.RuleSet;
import dev.signaltoorder.risk.ShippedRuleSets;
import dev.signaltoorder.risk.Side;
import dev.signaltoorder.signal.Action;
import dev.signaltoorder.signal.Delivery;
import dev.signaltoorder.signal.OrderType;
import dev.signaltoorder.signal.Signal;
import dev.signaltoorder.signal.SignalSize;
import dev.signaltoorder.signal.TakeProfit;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Values the tests of the account core are made of: BTC at 50 000 USD, ETH at 2 500 USD. */
final class Samples {
  static final Instant NOW = Instant.parse("2026-11-22T10:15:30Z");
  static final PairRules BTC =
      new PairRules(
          "BTC/USD",
          "XBTUSD",
          "XXBTZUSD",
          "XBT/USD",
          "XXBT",
          "ZUSD",
          1,
          8,
          5,
          new BigDecimal("0.1"),
          new BigDecimal("0.00005"),
          new BigDecimal("0.5"),
          "online");
  static final PairRules ETH =
      new PairRules(
          "ETH/USD",
          "ETHUSD",
          "XETHZUSD",
          "ETH/USD",
          "XETH",
          "ZUSD",
          2,
          8,
          5,
          new BigDecimal("0.01"),
          new BigDecimal("0.001"),
          new BigDecimal("0.5"),
          "online");

  private Samples() {}

  /** Rules that let the tests' orders pass, however many there are. */
  static SortedMap<String, SortedMap<String, String>> generousRules(String timeInForce) {
    SortedMap<String, SortedMap<String, String>> rules = ShippedRuleSets.retail();
    set(rules, "allowed-type", "types", "LIMIT_IOC,LIMIT_GTC");
    set(rules, "order-defaults", "time-in-force", timeInForce);
    set(rules, "open-orders", "count", "1000");
    set(rules, "open-orders", "notional", "1000000");
    set(rules, "position-limit", "limit", "1000000");
    set(rules, "daily-notional", "limit", "1000000");
    set(rules, "duplicate-order", "window", "0");
    set(rules, "message-throttle", "per-second", "1000");
    set(rules, "message-throttle", "per-minute", "10000");
    set(rules, "message-throttle", "per-hour", "100000");
    set(rules, "message-throttle", "per-day", "1000000");
    set(rules, "strategy-throttle", "per-second", "1000");
    set(rules, "strategy-throttle", "per-minute", "10000");
    set(rules, "strategy-throttle", "per-day", "1000000");
    set(rules, "repeated-execution", "count", "1000000");
    set(rules, "pyramiding", "max-entries", "10000");
    set(rules, "unknown-orders", "count", "10000");
    set(rules, "error-rate", "limit", "100");
    set(rules, "daily-loss", "limit.USD", "1000000");
    set(rules, "drawdown", "limit.USD", "1000000");
    set(rules, "loss-streak", "count", "1000");
    return rules;
  }

  static void set(
      SortedMap<String, SortedMap<String, String>> rules, String code, String name, String value) {
    rules.computeIfAbsent(code, missing -> new TreeMap<>()).put(name, value);
  }

  static RuleSet ruleSet(SortedMap<String, SortedMap<String, String>> rules) {
    return new RuleSet(1, NOW, "configuration", "test", rules);
  }

  static MarketView market(PairRules pair, Instant takenAt, UUID id) {
    return market(pair, takenAt, id, "online");
  }

  static MarketView market(PairRules pair, Instant takenAt, UUID id, String systemStatus) {
    boolean btc = pair.symbol().equals("BTC/USD");
    return market(pair, takenAt, id, systemStatus, new BigDecimal(btc ? "49990.0" : "2499.50"));
  }

  static MarketView market(
      PairRules pair, Instant takenAt, UUID id, String systemStatus, BigDecimal bid) {
    boolean btc = pair.symbol().equals("BTC/USD");
    BigDecimal half = new BigDecimal(btc ? "10.0" : "0.50");
    BigDecimal ask = bid.add(half).add(half);
    MarketSnapshot snapshot =
        new MarketSnapshot(
            id,
            pair.symbol(),
            bid,
            ask,
            bid,
            bid.add(half),
            new BigDecimal("4.0000"),
            new BigDecimal("1000000"),
            new BigDecimal("1000000"),
            new BigDecimal("10"),
            bid,
            systemStatus,
            takenAt,
            "kraken");
    CallRecord call =
        new CallRecord(
            id,
            "/0/public/Ticker",
            "pair=" + pair.altname(),
            null,
            null,
            takenAt,
            takenAt,
            "kraken",
            reply("{\"error\":[]}"));
    return new MarketView(pair, null, false, snapshot, null, List.of(call));
  }

  /** The same market with a book of this depth on either side. */
  static MarketView thin(MarketView view, BigDecimal depth) {
    MarketSnapshot deep = java.util.Objects.requireNonNull(view.snapshot());
    MarketSnapshot thin =
        new MarketSnapshot(
            deep.snapshotId(),
            deep.pair(),
            deep.bid(),
            deep.ask(),
            deep.last(),
            deep.mid(),
            deep.spreadBps(),
            depth,
            depth,
            deep.volume24h(),
            deep.vwap24h(),
            deep.systemStatus(),
            deep.takenAt(),
            deep.origin());
    return new MarketView(view.pair(), null, false, thin, null, view.calls());
  }

  static MarketView marketWithoutPrice(PairRules pair) {
    return new MarketView(pair, null, false, null, "no snapshot yet", List.of());
  }

  static Signal signal(
      Action action, String strategy, String pair, @Nullable String quote, Instant eventTime) {
    return new Signal(
        "demo",
        null,
        strategy,
        pair,
        action,
        null,
        null,
        null,
        null,
        List.of(),
        quote == null ? null : new SignalSize(SignalSize.Unit.QUOTE, new BigDecimal(quote)),
        null,
        null,
        null,
        null,
        null,
        eventTime,
        null);
  }

  static Signal protectedBy(
      Signal signal, @Nullable BigDecimal stopLoss, List<TakeProfit> takeProfits) {
    return new Signal(
        signal.source(),
        signal.senderSignalId(),
        signal.strategy(),
        signal.pair(),
        signal.action(),
        signal.orderType(),
        signal.limitPrice(),
        signal.entryZone(),
        stopLoss,
        takeProfits,
        signal.size(),
        signal.confidence(),
        signal.timeframe(),
        signal.riskLevel(),
        signal.reasoning(),
        signal.sequence(),
        signal.eventTime(),
        signal.expiresAt());
  }

  static Signal numbered(Signal signal, long sequence) {
    return new Signal(
        signal.source(),
        signal.senderSignalId(),
        signal.strategy(),
        signal.pair(),
        signal.action(),
        signal.orderType(),
        signal.limitPrice(),
        signal.entryZone(),
        signal.stopLoss(),
        signal.takeProfits(),
        signal.size(),
        signal.confidence(),
        signal.timeframe(),
        signal.riskLevel(),
        signal.reasoning(),
        sequence,
        signal.eventTime(),
        signal.expiresAt());
  }

  static Signal expiring(Signal signal, @Nullable Instant expiresAt) {
    return new Signal(
        signal.source(),
        signal.senderSignalId(),
        signal.strategy(),
        signal.pair(),
        signal.action(),
        signal.orderType(),
        signal.limitPrice(),
        signal.entryZone(),
        signal.stopLoss(),
        signal.takeProfits(),
        signal.size(),
        signal.confidence(),
        signal.timeframe(),
        signal.riskLevel(),
        signal.reasoning(),
        signal.sequence(),
        signal.eventTime(),
        expiresAt);
  }

  /** The body stands for itself: it is its own hash. */
  static Delivery delivery(UUID signalId, String deliveryId, String body, Instant receivedAt) {
    return new Delivery(
        signalId,
        "demo",
        "main",
        deliveryId,
        body,
        body.getBytes(StandardCharsets.UTF_8),
        receivedAt);
  }

  static CallOutcome reply(String body) {
    return new CallOutcome.Reply(200, body.getBytes(StandardCharsets.UTF_8), true);
  }

  static CallOutcome noReply() {
    return new CallOutcome.NoReply(CallOutcome.Cause.TIMEOUT, "no answer within 10 s");
  }

  static CallRecord call(UUID id, String endpoint, Instant startedAt, CallOutcome outcome) {
    return new CallRecord(
        id,
        "/0/private/" + endpoint,
        "nonce=1",
        1L,
        "abcdef012345",
        startedAt,
        startedAt,
        "kraken",
        outcome);
  }

  static OrderPlan plan(Side side, String volume, String price) {
    BigDecimal base = new BigDecimal(volume);
    BigDecimal limit = new BigDecimal(price);
    return new OrderPlan(
        "BTC/USD",
        side,
        OrderType.LIMIT,
        OrderPlan.TimeInForce.IOC,
        false,
        base,
        limit,
        limit,
        base.multiply(limit));
  }

  static OrderIntent intent(UUID orderId, OrderPlan plan, Instant approvedAt) {
    return new OrderIntent(
        orderId.toString(),
        "breakout",
        "XBTUSD",
        "XXBT",
        "ZUSD",
        plan,
        approvedAt,
        approvedAt.plus(Duration.ofSeconds(10)),
        false,
        new BigDecimal("50000"));
  }

  /** What Kraken shows of an order. */
  static OrderInfo info(
      String txid, String clientOrderId, String status, String executed, String price) {
    return info(txid, clientOrderId, status, executed, price, "0.0009998");
  }

  static OrderInfo info(
      String txid,
      String clientOrderId,
      String status,
      String executed,
      String price,
      String ordered) {
    BigDecimal volume = new BigDecimal(executed);
    BigDecimal cost = volume.multiply(new BigDecimal(price));
    return new OrderInfo(
        txid,
        clientOrderId,
        null,
        null,
        status,
        new BigDecimal(ordered),
        volume,
        cost,
        cost.multiply(new BigDecimal("0.0026")),
        volume.signum() == 0 ? BigDecimal.ZERO : new BigDecimal(price),
        null,
        NOW,
        null);
  }
}
