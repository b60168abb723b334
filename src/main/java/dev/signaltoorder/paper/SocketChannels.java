package dev.signaltoorder.paper;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.regex.Pattern;

/** Opens channels: what may be subscribed to, with which options. */
final class SocketChannels {

  private static final Pattern SYMBOL = Pattern.compile("[A-Za-z0-9.]{1,20}/[A-Za-z0-9.]{1,20}");

  private final Pairs pairs;
  private final MarketBoard board;
  private final ExchangeState state;
  private final ExecutionReports reports;
  private final SocketTokens tokens;
  private final TradingCounters counters;

  SocketChannels(
      Pairs pairs,
      MarketBoard board,
      ExchangeState state,
      ExecutionReports reports,
      SocketTokens tokens,
      TradingCounters counters) {
    this.pairs = pairs;
    this.board = board;
    this.state = state;
    this.reports = reports;
    this.tokens = tokens;
    this.counters = counters;
  }

  /**
   * @param symbol empty if the request names none
   */
  SocketSubscription open(SocketSession session, JsonNode params, String symbol, Instant now)
      throws Refusal {
    String channel = params.path("channel").asText();
    return switch (channel) {
      case "ticker" ->
          new TickerChannel(
              pair(symbol), board, onBestPrices(params), flag(params, "snapshot", true));
      case "book" ->
          new BookChannel(pair(symbol), board, depth(params), flag(params, "snapshot", true));
      case "instrument" -> new InstrumentChannel(pairs, board, flag(params, "snapshot", true));
      case "executions" ->
          new ExecutionsChannel(
              account(session, params, now),
              state,
              reports,
              counters,
              new ExecutionsChannel.Wanted(
                  flag(params, "snap_orders", true),
                  flag(params, "snap_trades", false),
                  flag(params, "order_status", true),
                  flag(params, "ratecounter", false)));
      case "balances" ->
          new BalancesChannel(
              account(session, params, now), pairs, state, flag(params, "snapshot", true));
      default -> throw new Refusal("Malformed request");
    };
  }

  /** By its modern name only: the websocket knows no XBT. */
  private Pair pair(String symbol) throws Refusal {
    Pair pair = pairs.find(symbol);
    if (pair != null && pair.symbol().equals(symbol)) {
      return pair;
    }
    throw new Refusal(
        SYMBOL.matcher(symbol).matches()
            ? "Currency pair not supported " + symbol
            : "Currency pair not in ISO 4217-A3 format " + symbol);
  }

  private static boolean onBestPrices(JsonNode params) throws Refusal {
    return switch (params.path("event_trigger").asText("trades")) {
      case "trades" -> false;
      case "bbo" -> true;
      default -> throw new Refusal("Malformed request");
    };
  }

  private static int depth(JsonNode params) throws Refusal {
    JsonNode depth = params.path("depth");
    if (depth.isMissingNode()) {
      return 10;
    }
    if (!depth.isInt() || !BookChannel.DEPTHS.contains(depth.intValue())) {
      throw new Refusal("Subscription depth not supported");
    }
    return depth.intValue();
  }

  private static boolean flag(JsonNode params, String name, boolean otherwise) throws Refusal {
    JsonNode flag = params.path(name);
    if (flag.isMissingNode()) {
      return otherwise;
    }
    if (!flag.isBoolean()) {
      throw new Refusal("Malformed request");
    }
    return flag.booleanValue();
  }

  private String account(SocketSession session, JsonNode params, Instant now) throws Refusal {
    return key(session, params, now).account();
  }

  /** Whose token the request carries. */
  ApiKey key(SocketSession session, JsonNode params, Instant now) throws Refusal {
    if (!session.isPrivate()) {
      throw new Refusal("Private data and trading are unavailable on this endpoint. Try ws-auth");
    }
    String token = params.path("token").asText();
    if (token.isEmpty()) {
      throw new Refusal("EGeneral:Invalid arguments:token");
    }
    ApiKey proven = session.provenBy(token);
    ApiKey key = proven == null ? tokens.keyOf(token, now) : proven;
    if (key == null) {
      throw new Refusal("EAPI:Invalid token");
    }
    session.prove(token, key);
    return key;
  }
}
