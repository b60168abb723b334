package dev.signaltoorder.trading;

import dev.signaltoorder.kraken.Answer;
import dev.signaltoorder.kraken.OrderInfo;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a look-up shows of one order. Pure. */
final class Shown {
  private Shown() {}

  /** All orders under its client order id, in both lists; by txid, each once. */
  static List<OrderInfo> of(Order order, Message.LookedUp message) {
    Map<String, OrderInfo> shown = new TreeMap<>();
    add(order, message.open(), shown);
    // Second, because an order that moved from one list to the other meanwhile is over.
    add(order, message.closed(), shown);
    return List.copyOf(shown.values());
  }

  private static void add(
      Order order, @Nullable Answer<Map<String, OrderInfo>> answer, Map<String, OrderInfo> shown) {
    if (answer instanceof Answer.Success<Map<String, OrderInfo>> success) {
      for (OrderInfo info : success.value().values()) {
        if (order.intent().clientOrderId().equals(info.clientOrderId())) {
          shown.put(info.txid(), info);
        }
      }
    }
  }

  /** Both lists came back clean. */
  static boolean clean(Message.LookedUp message) {
    return message.open() instanceof Answer.Success<?>
        && message.closed() instanceof Answer.Success<?>;
  }

  /** What is wrong with it, if Kraken shows something: more than one order, or not ours. */
  static @Nullable Violation wrong(Order order, List<OrderInfo> shown) {
    if (shown.size() > 1) {
      return new Violation(
          Invariant.ONE_ORDER,
          shown.size()
              + " orders at Kraken under the client order id of order "
              + order.orderId()
              + ": "
              + String.join(", ", shown.stream().map(OrderInfo::txid).toList()),
          order.signalId(),
          order.orderId());
    }
    for (OrderInfo info : shown) {
      String difference = OrderMatch.difference(order, info);
      if (difference != null) {
        return notOurs(order, info, difference);
      }
    }
    return null;
  }

  static Violation notOurs(Order order, OrderInfo info, String difference) {
    return new Violation(
        Invariant.SAME_ORDER,
        "order "
            + order.orderId()
            + " is not what Kraken has as "
            + info.txid()
            + ": "
            + difference,
        order.signalId(),
        order.orderId());
  }
}
