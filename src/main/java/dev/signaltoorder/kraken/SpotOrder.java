package dev.signaltoorder.kraken;

import dev.signaltoorder.kraken.OrderKind.Iceberg;
import dev.signaltoorder.kraken.OrderKind.MarketSpend;
import dev.signaltoorder.kraken.OrderKind.SettlePosition;
import java.math.BigDecimal;
import java.time.Instant;

/**
 * An order that Kraken's AddOrder can take. What contradicts itself cannot be made: the types leave
 * no place for it, or the constructor refuses it.
 *
 * @param pair altname, "XBTUSD"
 * @param volume base units, or quote units for {@link MarketSpend}; greater than zero, but zero
 *     settles a whole margin position
 * @param deadline Kraken must refuse the order after this instant; 2 s to 60 s ahead when it is
 *     sent, and sent as RFC 3339 with milliseconds
 * @param validateOnly checked by Kraken, never placed
 */
public record SpotOrder(
    String pair,
    OrderSide side,
    BigDecimal volume,
    OrderKind kind,
    OrderIdentity identity,
    Instant deadline,
    boolean validateOnly,
    OrderExtras extras) {

  // Kraken's rule for the shown part of an iceberg: volume / 15 (REST reference, AddOrder).
  private static final BigDecimal MOST_ICEBERG_PARTS = BigDecimal.valueOf(15);

  /** Refuses what Kraken cannot mean. */
  public SpotOrder {
    require(!pair.isBlank(), "an order names its pair");
    boolean settles = kind instanceof SettlePosition;
    require(
        volume.signum() > 0 || (settles && volume.signum() == 0),
        "a volume is greater than zero; zero only settles a position");
    OrderExtras.Margin margin = extras.margin();
    require(!settles || margin != null, "only a margin position can be settled");
    if (kind instanceof MarketSpend) {
      require(side == OrderSide.BUY, "only a market buy can say what to spend");
      require(margin == null, "a market buy that says what to spend takes no margin");
    }
    if (kind instanceof Iceberg iceberg) {
      require(
          iceberg.displayed().multiply(MOST_ICEBERG_PARTS).compareTo(volume) >= 0,
          "an iceberg shows at least a fifteenth of its volume");
      require(
          iceberg.displayed().compareTo(volume) <= 0, "an iceberg shows at most its whole volume");
    }
  }

  private static void require(boolean holds, String rule) {
    if (!holds) {
      throw new IllegalArgumentException(rule);
    }
  }
}
