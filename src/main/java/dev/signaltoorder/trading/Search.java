package dev.signaltoorder.trading;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;

/** What Kraken's lists of open and of closed orders are asked for. */
public sealed interface Search {

  /** Orders with this client order id. */
  record One(String clientOrderId) implements Search {}

  /**
   * All orders of the account.
   *
   * @param since closed ones from here on
   * @param mostPages of closed ones that are worth reading: beyond it, asking for each costs less
   */
  record All(Instant since, int mostPages) implements Search {}

  /** Pages worth reading for a few orders. */
  int FEW_PAGES = 4;

  /**
   * At two calls' worth a page this takes a minute and a quarter of the smallest budget: by far not
   * so long that the question counts as lost.
   */
  int MANY_PAGES = 12;

  /** Kraken takes an order at most this long before its deadline, by Kraken's clock. */
  Duration EARLIEST = Duration.ofSeconds(60);

  /** Far more than the clocks inside Kraken can differ. */
  Duration ALLOWANCE = Duration.ofMinutes(10);

  /**
   * All orders since the first moment at which Kraken could have taken one of these. That moment
   * comes from the deadline that Kraken itself keeps, not from our clock, which may have been
   * wrong.
   *
   * @param orders at least one
   */
  static Search coveringAll(Collection<Order> orders) {
    Instant first = Instant.MAX;
    for (Order order : orders) {
      Instant deadline = order.intent().deadline();
      first = deadline.isBefore(first) ? deadline : first;
    }
    int pages = Math.clamp(2L * orders.size(), FEW_PAGES, MANY_PAGES);
    return new All(first.minus(EARLIEST).minus(ALLOWANCE), pages);
  }

  /** This order alone. */
  static Search of(Order order) {
    return new One(order.intent().clientOrderId());
  }
}
