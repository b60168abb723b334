package dev.signaltoorder.kraken;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One event of one order, as the {@code executions} channel tells it. Fields that Kraken left out
 * are null.
 *
 * @param txid Kraken's order id
 * @param clientOrderId {@code cl_ord_id}
 * @param symbol modern name of the pair
 * @param type pending_new, new, trade, filled, canceled, expired, amended, restated, status,
 *     iceberg_refill
 * @param orderStatus pending_new, new, partially_filled, filled, canceled or expired
 * @param fill of a trade, else null
 * @param executed cumulative volume, base units
 * @param reason why it ended
 * @param at Kraken's time
 */
public record ExecutionReport(
    String txid,
    @Nullable String clientOrderId,
    @Nullable String symbol,
    String type,
    @Nullable String orderStatus,
    @Nullable Fill fill,
    @Nullable BigDecimal executed,
    @Nullable String reason,
    @Nullable Instant at) {

  /**
   * One trade.
   *
   * @param id Kraken's, unique
   * @param volume base units, above zero
   * @param price quote per base unit, above zero
   * @param cost quote units
   * @param fees by asset, modern names
   */
  public record Fill(
      String id, BigDecimal volume, BigDecimal price, BigDecimal cost, List<Fee> fees) {

    /** Copies the list. */
    public Fill {
      fees = List.copyOf(fees);
    }
  }

  /** A fee: "USD", quantity. */
  public record Fee(String asset, BigDecimal quantity) {}

  /** True when Kraken says that nothing more will happen to the order. */
  public boolean isOver() {
    return "filled".equals(orderStatus)
        || "canceled".equals(orderStatus)
        || "expired".equals(orderStatus);
  }
}
