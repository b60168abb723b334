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
  static List<OrderInfo> of(Order order, Findings findings) {
    Map<String, OrderInfo> shown = new TreeMap<>();
    all(findings)
        .forEach(
            (txid, info) -> {
              if (OrderMatch.isOurId(order, info.clientOrderId())) {
                shown.put(txid, info);
              }
            });
    return List.copyOf(shown.values());
  }

  private static Map<String, OrderInfo> all(Findings findings) {
    Map<String, OrderInfo> all = new TreeMap<>();
    add(findings.open(), all);
    // Second, because an order that moved from one list to the other meanwhile is over.
    findings.closed().forEach(page -> add(page, all));
    return all;
  }

  private static void add(Answer<Map<String, OrderInfo>> answer, Map<String, OrderInfo> all) {
    if (answer instanceof Answer.Success<Map<String, OrderInfo>> success) {
      all.putAll(success.value());
    }
  }

  /**
   * Both lists came back clean and were read to their end, and all they show is surely not this
   * order: an order without a client order id that looks like it could be it.
   */
  static boolean isSilent(Order order, Findings findings) {
    return findings.answered()
        && findings.complete()
        && all(findings).values().stream().noneMatch(info -> mayBe(order, info));
  }

  private static boolean mayBe(Order order, OrderInfo info) {
    return info.clientOrderId() == null
        ? OrderMatch.difference(order, info) == null
        : OrderMatch.isOurId(order, info.clientOrderId());
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
