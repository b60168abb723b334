package dev.signaltoorder.trading;

import dev.signaltoorder.market.PairRules;
import dev.signaltoorder.risk.Side;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A strategy's position in a pair, and what is out against it. Pure; base units.
 *
 * @param position held now
 * @param stops its stops that are not final
 * @param sells what all its other sells may still execute
 * @param idle no order of the strategy is alive in this pair
 */
record Coverage(BigDecimal position, List<Order> stops, BigDecimal sells, boolean idle) {

  static Coverage of(AccountState state, String pair, String strategy) {
    List<Order> stops = new ArrayList<>();
    BigDecimal sells = BigDecimal.ZERO;
    boolean idle = true;
    for (Order order : state.liveOrders().values()) {
      OrderIntent intent = order.intent();
      if (!intent.plan().pair().equals(pair) || !intent.strategy().equals(strategy)) {
        continue;
      }
      idle = false;
      if (intent.stops()) {
        stops.add(order);
      } else if (intent.plan().side() == Side.SELL) {
        sells = sells.add(order.unexecutedVolume());
      }
    }
    return new Coverage(state.positions().of(pair, strategy), stops, sells, idle);
  }

  /** What is left when all other sells are executed; never negative. */
  BigDecimal left() {
    return position.subtract(sells).max(BigDecimal.ZERO);
  }

  /** Whether the position covers this order, which is one of these, and all other sells with it. */
  boolean covers(OrderIntent order) {
    if (order.plan().side() == Side.BUY) {
      return false;
    }
    return order.stops()
        ? order.plan().volume().compareTo(left()) <= 0
        : sells.compareTo(position) <= 0;
  }

  /** What the stops may still execute. */
  BigDecimal resting() {
    return stops.stream().map(Order::unexecutedVolume).reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  /**
   * The volume a stop shall have; zero where Kraken would take none. One that it took before it
   * asked for more stays as it is.
   */
  BigDecimal desired(Guard guard) {
    if (guard.stop() == null) {
      return BigDecimal.ZERO;
    }
    BigDecimal volume = left().setScale(guard.pair().lotDecimals(), RoundingMode.DOWN);
    if (!isTooSmall(volume, guard.pair(), guard.stop())) {
      return volume;
    }
    boolean stays =
        stops.size() == 1
            && stops.getFirst().state() instanceof OrderState.Open
            && resting().compareTo(left()) <= 0;
    return stays ? resting() : BigDecimal.ZERO;
  }

  /** Whether Kraken takes no order of this volume at this price; a null price is not judged. */
  static boolean isTooSmall(BigDecimal volume, PairRules pair, @Nullable BigDecimal price) {
    return volume.signum() <= 0
        || volume.compareTo(pair.orderMin()) < 0
        || (price != null && volume.multiply(price).compareTo(pair.costMin()) < 0);
  }

  /** True when the stops hold no coins that the other sells need, as far as is certain. */
  boolean hasRoom(Protections protections) {
    for (Order stop : stops) {
      boolean clear =
          stop.state() instanceof OrderState.Open
              && stop.execution().isEmpty()
              && !protections.isUncertain(stop.orderId());
      if (!clear) {
        return false;
      }
    }
    return resting().compareTo(left()) <= 0;
  }
}
