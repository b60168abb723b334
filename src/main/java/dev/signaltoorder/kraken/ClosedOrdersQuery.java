package dev.signaltoorder.kraken;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which finished orders ClosedOrders shall show; 50 a page, newest first.
 *
 * @param own one of our ids, null for all
 * @param after only later ones, null for no bound
 * @param until this one and earlier, null for no bound
 * @param offset how many of the newest to leave out, not negative
 */
public record ClosedOrdersQuery(
    @Nullable OwnId own, @Nullable Instant after, @Nullable Instant until, int offset) {

  /** Refuses a negative offset. */
  public ClosedOrdersQuery {
    if (offset < 0) {
      throw new IllegalArgumentException("an offset is not negative");
    }
  }

  /** The newest ones of a client order id; of all orders for null. */
  public static ClosedOrdersQuery newest(@Nullable String clientOrderId) {
    return new ClosedOrdersQuery(
        clientOrderId == null ? null : new OwnId.Client(clientOrderId), null, null, 0);
  }
}
