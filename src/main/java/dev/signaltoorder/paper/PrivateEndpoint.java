package dev.signaltoorder.paper;

import org.jspecify.annotations.Nullable;

/** The private methods served, with the permission each needs. */
enum PrivateEndpoint {
  ADD_ORDER("AddOrder"),
  AMEND_ORDER("AmendOrder"),
  CANCEL_ORDER("CancelOrder"),
  CANCEL_ALL("CancelAll"),
  CANCEL_ALL_ORDERS_AFTER("CancelAllOrdersAfter"),
  OPEN_ORDERS("OpenOrders"),
  CLOSED_ORDERS("ClosedOrders"),
  QUERY_ORDERS("QueryOrders"),
  TRADES_HISTORY("TradesHistory"),
  QUERY_TRADES("QueryTrades"),
  OPEN_POSITIONS("OpenPositions"),
  BALANCE("Balance"),
  BALANCE_EX("BalanceEx"),
  TRADE_BALANCE("TradeBalance"),
  TRADE_VOLUME("TradeVolume"),
  GET_API_KEY_INFO("GetApiKeyInfo"),
  GET_WEB_SOCKETS_TOKEN("GetWebSocketsToken"),
  WITHDRAW_METHODS("WithdrawMethods");

  private final String wireName;

  PrivateEndpoint(String wireName) {
    this.wireName = wireName;
  }

  static @Nullable PrivateEndpoint named(String wireName) {
    for (PrivateEndpoint endpoint : values()) {
      if (endpoint.wireName.equals(wireName)) {
        return endpoint;
      }
    }
    return null;
  }

  String wireName() {
    return wireName;
  }

  /** Per Kraken's reference pages; the stricter reading where guide and reference differ. */
  boolean isAllowed(ApiKey key) {
    return switch (this) {
      case ADD_ORDER, AMEND_ORDER -> key.mayAny(KeyPermission.MODIFY_TRADES);
      case CANCEL_ORDER, CANCEL_ALL, CANCEL_ALL_ORDERS_AFTER ->
          key.mayAny(KeyPermission.MODIFY_TRADES, KeyPermission.CLOSE_TRADES);
      case OPEN_ORDERS, OPEN_POSITIONS, TRADE_BALANCE ->
          key.mayAny(KeyPermission.QUERY_OPEN_TRADES);
      case CLOSED_ORDERS, TRADES_HISTORY, QUERY_TRADES ->
          key.mayAny(KeyPermission.QUERY_CLOSED_TRADES);
      case QUERY_ORDERS ->
          key.mayAny(KeyPermission.QUERY_OPEN_TRADES, KeyPermission.QUERY_CLOSED_TRADES);
      case BALANCE, BALANCE_EX, TRADE_VOLUME -> key.mayAny(KeyPermission.QUERY_FUNDS);
      case GET_API_KEY_INFO -> true;
      case GET_WEB_SOCKETS_TOKEN -> key.mayAny(KeyPermission.CREATE_WS_TOKEN);
      case WITHDRAW_METHODS ->
          key.mayAny(KeyPermission.QUERY_FUNDS) && key.mayAny(KeyPermission.WITHDRAW_FUNDS);
    };
  }

  /** What a call adds to the key's REST counter; orders have counters of their own. */
  int cost() {
    return switch (this) {
      case ADD_ORDER, AMEND_ORDER, CANCEL_ORDER, CANCEL_ALL -> 0;
      case TRADES_HISTORY -> 2;
      default -> 1;
    };
  }

  /** True if it may change orders or balances. */
  boolean changesTheBook() {
    return switch (this) {
      case ADD_ORDER, AMEND_ORDER, CANCEL_ORDER, CANCEL_ALL -> true;
      default -> false;
    };
  }
}
