package dev.signaltoorder.kraken;

import java.math.BigDecimal;

/**
 * A price in an order, as Kraken writes it: plain, or relative to the last trade (REST reference,
 * AddOrder). Relative prices move between approval and placement, so signals never use them.
 */
public sealed interface OrderPrice {

  /** As it goes on the wire: "37500.1", "+1.5%", "-20", "#5%". */
  String text();

  /**
   * A price.
   *
   * @param price greater than zero, quote units
   */
  record At(BigDecimal price) implements OrderPrice {
    public At {
      requirePositive(price, "a price");
    }

    @Override
    public String text() {
      return price.toPlainString();
    }
  }

  /**
   * A distance from the last trade's price.
   *
   * @param amount greater than zero; quote units, or per cent
   */
  record Distance(Direction direction, BigDecimal amount, boolean percent) implements OrderPrice {
    public Distance {
      requirePositive(amount, "a distance");
    }

    @Override
    public String text() {
      return direction.sign + amount.toPlainString() + (percent ? "%" : "");
    }
  }

  /** Where a distance points. */
  enum Direction {
    ABOVE("+"),
    BELOW("-"),
    /** Kraken picks the sign that fits the order's type and side. */
    AS_THE_TYPE_NEEDS("#");

    private final String sign;

    Direction(String sign) {
      this.sign = sign;
    }
  }

  private static void requirePositive(BigDecimal value, String what) {
    if (value.signum() <= 0) {
      throw new IllegalArgumentException(what + " is greater than zero, not " + value);
    }
  }
}
