package dev.signaltoorder.trading;

import dev.signaltoorder.kraken.OrderInfo;
import dev.signaltoorder.risk.Side;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Whether what Kraken shows is the order that was approved. Pure. */
final class OrderMatch {
  private OrderMatch() {}

  /**
   * How an order that was found under our client order id differs from ours; null if it is ours.
   */
  static @Nullable String difference(Order order, OrderInfo shown) {
    String other = otherOrder(order, shown);
    if (other != null || order.intent().stops()) {
      // A stop's volume is amended: what is shown may be from before.
      return other;
    }
    return shown.volume().compareTo(order.intent().plan().volume()) == 0
        ? null
        : "volume "
            + shown.volume().toPlainString()
            + " instead of "
            + order.intent().plan().volume().toPlainString();
  }

  /**
   * Likewise, but its volume may be another one: a person can amend an open order at Kraken. What
   * Kraken does not show is not compared.
   */
  static @Nullable String otherOrder(Order order, OrderInfo shown) {
    OrderIntent intent = order.intent();
    if (shown.clientOrderId() != null && !isOurId(order, shown.clientOrderId())) {
      return "client order id " + shown.clientOrderId() + " instead of " + intent.clientOrderId();
    }
    if (shown.pair() != null && !plain(shown.pair()).equals(plain(intent.altname()))) {
      return "pair " + shown.pair() + " instead of " + intent.altname();
    }
    String side = intent.plan().side() == Side.BUY ? "buy" : "sell";
    if (shown.side() != null && !shown.side().equals(side)) {
      return "side " + shown.side() + " instead of " + side;
    }
    return null;
  }

  /** Kraken keeps a client order id as a number: how it writes it does not matter. */
  static boolean isOurId(Order order, @Nullable String clientOrderId) {
    return clientOrderId != null
        && plainId(clientOrderId).equals(plainId(order.intent().clientOrderId()));
  }

  private static String plainId(String id) {
    return id.replace("-", "").toLowerCase(Locale.ROOT);
  }

  // Kraken writes "XBTUSD" here; other forms of the same name must not look like another pair.
  private static String plain(String pair) {
    return pair.replace("/", "")
        .toUpperCase(Locale.ROOT)
        .replace("XBT", "BTC")
        .replace("XDG", "DOGE");
  }
}
