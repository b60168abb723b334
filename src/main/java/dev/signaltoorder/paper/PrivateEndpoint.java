package dev.signaltoorder.paper;

import org.jspecify.annotations.Nullable;

/** The private methods served, with the permission each needs. */
enum PrivateEndpoint {
  ADD_ORDER("AddOrder"),
  CANCEL_ORDER("CancelOrder"),
  CANCEL_ALL("CancelAll"),
  OPEN_ORDERS("OpenOrders"),
  CLOSED_ORDERS("ClosedOrders"),
  QUERY_ORDERS("QueryOrders"),
  TRADES_HISTORY("TradesHistory"),
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

  /** Per Kraken's reference pages; the stricter reading where guide and reference differ. */
  boolean isAllowed(ApiKey key) {
    return switch (this) {
      case ADD_ORDER -> key.mayAny(KeyPermission.MODIFY_TRADES);
      case CANCEL_ORDER, CANCEL_ALL ->
          key.mayAny(KeyPermission.MODIFY_TRADES, KeyPermission.CLOSE_TRADES);
      case OPEN_ORDERS, TRADE_BALANCE -> key.mayAny(KeyPermission.QUERY_OPEN_TRADES);
      case CLOSED_ORDERS, TRADES_HISTORY -> key.mayAny(KeyPermission.QUERY_CLOSED_TRADES);
      case QUERY_ORDERS ->
          key.mayAny(KeyPermission.QUERY_OPEN_TRADES, KeyPermission.QUERY_CLOSED_TRADES);
      case BALANCE, BALANCE_EX, TRADE_VOLUME -> key.mayAny(KeyPermission.QUERY_FUNDS);
      case GET_API_KEY_INFO -> true;
      case GET_WEB_SOCKETS_TOKEN -> key.mayAny(KeyPermission.CREATE_WS_TOKEN);
      case WITHDRAW_METHODS ->
          key.mayAny(KeyPermission.QUERY_FUNDS) && key.mayAny(KeyPermission.WITHDRAW_FUNDS);
    };
  }
}
