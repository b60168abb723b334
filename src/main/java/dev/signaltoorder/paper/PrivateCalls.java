package dev.signaltoorder.paper;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;

/** Executes private calls that passed the gate, whichever way they came. */
final class PrivateCalls {

  private final OrderEntry entry;
  private final OrderChange change;
  private final DeadMansSwitch deadMansSwitch;
  private final OrderQueries orderQueries;
  private final FundsQueries fundsQueries;
  private final SocketTokens tokens;

  PrivateCalls(
      OrderEntry entry,
      OrderChange change,
      DeadMansSwitch deadMansSwitch,
      OrderQueries orderQueries,
      FundsQueries fundsQueries,
      SocketTokens tokens) {
    this.entry = entry;
    this.change = change;
    this.deadMansSwitch = deadMansSwitch;
    this.orderQueries = orderQueries;
    this.fundsQueries = fundsQueries;
    this.tokens = tokens;
  }

  /**
   * A private call that passed the gate.
   *
   * @param receivedAt when it came, which may be before it is executed
   * @param deadlineMin how far ahead an order's deadline must lie at least
   */
  record Admitted(
      ApiKey key,
      PrivateEndpoint endpoint,
      Parameters parameters,
      Instant receivedAt,
      Duration deadlineMin) {}

  /**
   * The {@code result} of the call.
   *
   * @param hiddenFor how long queries must not show an order placed by it
   */
  ObjectNode result(Admitted call, Duration hiddenFor, Instant now) throws Refusal {
    String account = call.key().account();
    Parameters parameters = call.parameters();
    return switch (call.endpoint()) {
      case ADD_ORDER ->
          entry.add(account, parameters, call.deadlineMin(), call.receivedAt(), now, hiddenFor);
      case AMEND_ORDER -> change.amend(account, parameters, call.receivedAt(), now);
      case CANCEL_ORDER -> entry.cancel(account, parameters, now);
      case CANCEL_ALL -> entry.cancelAll(account, now);
      case CANCEL_ALL_ORDERS_AFTER -> deadMansSwitch.set(account, parameters, now);
      case OPEN_ORDERS -> orderQueries.open(account, parameters, now);
      case CLOSED_ORDERS -> orderQueries.closed(account, parameters, now);
      case QUERY_ORDERS ->
          orderQueries.byTxid(
              account,
              parameters,
              now,
              call.key().mayAny(KeyPermission.QUERY_OPEN_TRADES),
              call.key().mayAny(KeyPermission.QUERY_CLOSED_TRADES));
      case TRADES_HISTORY -> orderQueries.trades(account, parameters, now);
      case QUERY_TRADES -> orderQueries.tradesById(account, parameters, now);
      case BALANCE -> fundsQueries.balance(account);
      case BALANCE_EX -> fundsQueries.balanceEx(account);
      case TRADE_BALANCE -> fundsQueries.tradeBalance(account, parameters);
      case TRADE_VOLUME -> fundsQueries.tradeVolume(account, parameters, now);
      case GET_API_KEY_INFO -> fundsQueries.keyInfo(call.key(), now);
      case GET_WEB_SOCKETS_TOKEN ->
          Json.object()
              .put("token", tokens.issue(call.key(), now))
              .put("expires", SocketTokens.LIFETIME.toSeconds());
      // No margin here, so no positions; and nothing can be withdrawn.
      case OPEN_POSITIONS, WITHDRAW_METHODS -> Json.object();
    };
  }
}
