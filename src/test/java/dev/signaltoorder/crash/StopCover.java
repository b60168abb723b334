package dev.signaltoorder.crash;

import dev.signaltoorder.crash.Evidence.BookOrder;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Stops in one view of the exchange's book: never more volume than is held, never two for one
 * position. Pure, and uses nothing of the service.
 */
final class StopCover {
  private StopCover() {}

  /**
   * Whose an order is, as the journal says.
   *
   * @param role STOP, TAKE_PROFIT, CLOSE; "" for a signal's own order
   */
  record Owner(String account, String strategy, String role) {
    String position() {
      return account + " " + strategy;
    }

    boolean stops() {
      return role.equals("STOP");
    }
  }

  /** What is wrong; empty when nothing is. Orders without an owner are not looked at here. */
  static List<String> problems(List<BookOrder> book, Function<String, @Nullable Owner> owners) {
    Map<String, BigDecimal> held = new TreeMap<>();
    Map<String, List<BookOrder>> resting = new TreeMap<>();
    for (BookOrder order : book) {
      Owner owner = owners.apply(order.clientOrderId());
      if (owner == null) {
        continue;
      }
      held.merge(owner.position(), order.change(), BigDecimal::add);
      if (owner.stops() && order.rest().open()) {
        resting.computeIfAbsent(owner.position(), position -> new ArrayList<>()).add(order);
      }
    }
    List<String> problems = new ArrayList<>();
    resting.forEach(
        (position, stops) -> {
          if (stops.size() > 1) {
            problems.add("two stops rest for the position of " + position + ": " + stops);
          }
          BigDecimal volume =
              stops.stream()
                  .map(stop -> stop.rest().volume())
                  .reduce(BigDecimal.ZERO, BigDecimal::add);
          BigDecimal holding = held.getOrDefault(position, BigDecimal.ZERO);
          if (volume.compareTo(holding) > 0) {
            problems.add(
                "stops of " + volume + " rest for " + position + ", which holds " + holding);
          }
        });
    return problems;
  }
}
