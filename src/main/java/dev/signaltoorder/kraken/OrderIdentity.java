package dev.signaltoorder.kraken;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How an order is found again, and what follows it. Kraken takes a client order id or a user
 * reference, never both, and no conditional close beside a client order id (Kraken documentation,
 * "Spot Client Order Identifiers"; kraken-api-sdk, placing orders).
 */
public sealed interface OrderIdentity {

  /**
   * Our own id. Unique among open orders only: it protects nothing from being sent twice.
   *
   * @param id a UUID with dashes, 32 hexadecimal digits, or up to 18 characters of free text
   */
  record ClientOrderId(String id) implements OrderIdentity {
    private static final Pattern FORMAT =
        Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{32}|[a-z0-9_-]{1,18}");

    public ClientOrderId {
      if (!FORMAT.matcher(id).matches()) {
        throw new IllegalArgumentException("no client order id that Kraken takes");
      }
    }
  }

  /**
   * A number of ours that several orders may share.
   *
   * @param reference {@code userref}
   * @param close the order that each fill creates, null for none
   */
  record UserReference(int reference, @Nullable ConditionalClose close) implements OrderIdentity {}

  /**
   * None of ours: such an order cannot be looked up after a doubt.
   *
   * @param close the order that each fill creates, null for none
   */
  record Anonymous(@Nullable ConditionalClose close) implements OrderIdentity {}

  /**
   * The order that Kraken creates for each fill, independent from then on.
   *
   * @param price limit price, or trigger, or trailing distance
   * @param limit limit price of the kinds that have trigger and limit, else null
   */
  record ConditionalClose(CloseType type, OrderPrice price, @Nullable OrderPrice limit) {
    public ConditionalClose {
      if (type.hasTwoPrices != (limit != null)) {
        throw new IllegalArgumentException(
            type.orderType + (type.hasTwoPrices ? " needs a limit price" : " takes one price"));
      }
      if (type.trails && !isUpwards(price)) {
        throw new IllegalArgumentException("a trailing distance is written with a plus sign");
      }
      if (type == CloseType.TRAILING_STOP_LIMIT && limit instanceof OrderPrice.At) {
        throw new IllegalArgumentException("a trailing limit is above or below the trigger");
      }
    }

    private static boolean isUpwards(OrderPrice price) {
      return price instanceof OrderPrice.Distance distance
          && distance.direction() == OrderPrice.Direction.ABOVE;
    }
  }

  /** What a conditional close may be; not a market order (Kraken changelog, 2020-10-12). */
  enum CloseType {
    LIMIT("limit", false, false),
    ICEBERG("iceberg", false, false),
    STOP_LOSS("stop-loss", false, false),
    TAKE_PROFIT("take-profit", false, false),
    STOP_LOSS_LIMIT("stop-loss-limit", true, false),
    TAKE_PROFIT_LIMIT("take-profit-limit", true, false),
    TRAILING_STOP("trailing-stop", false, true),
    TRAILING_STOP_LIMIT("trailing-stop-limit", true, true);

    private final String orderType;
    private final boolean hasTwoPrices;
    private final boolean trails;

    CloseType(String orderType, boolean hasTwoPrices, boolean trails) {
      this.orderType = orderType;
      this.hasTwoPrices = hasTwoPrices;
      this.trails = trails;
    }

    String orderType() {
      return orderType;
    }
  }
}
