package dev.signaltoorder.paper;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What an order waits for.
 *
 * @param byIndex the index price counts, not the last trade
 * @param price where it triggers now; moves for trailing stops
 * @param trail distance that a trailing stop keeps; null for a fixed trigger
 * @param limitOffset of a trailing stop limit: from the trigger price to the limit
 * @param peak best reference price that a trailing stop has seen; null for a fixed trigger
 * @param touched true once it has triggered
 * @param limit limit price that came into being when it triggered; otherwise null
 */
public record OrderTrigger(
    boolean byIndex,
    BigDecimal price,
    @Nullable RelativePrice trail,
    @Nullable RelativePrice limitOffset,
    @Nullable BigDecimal peak,
    boolean touched,
    @Nullable BigDecimal limit) {

  static OrderTrigger at(boolean byIndex, BigDecimal price) {
    return new OrderTrigger(byIndex, price, null, null, null, false, null);
  }

  OrderTrigger moved(BigDecimal newPrice, BigDecimal newPeak) {
    return new OrderTrigger(byIndex, newPrice, trail, limitOffset, newPeak, touched, limit);
  }

  OrderTrigger movedTo(BigDecimal newPrice) {
    return new OrderTrigger(byIndex, newPrice, trail, limitOffset, peak, touched, limit);
  }

  OrderTrigger touchedWith(@Nullable BigDecimal newLimit) {
    return new OrderTrigger(byIndex, price, trail, limitOffset, peak, true, newLimit);
  }
}
