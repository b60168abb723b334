package dev.signaltoorder.crash;

import dev.signaltoorder.crash.Evidence.BookOrder;
import dev.signaltoorder.crash.Evidence.FactRow;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What must hold of stops and take-profits once nothing is under way any more. Pure, and uses
 * nothing of the service.
 */
final class ProtectedAtRest {
  private final Evidence evidence;
  private final JournalFold fold;
  private final Map<String, BookOrder> book = new HashMap<>();
  private final List<String> problems = new ArrayList<>();

  private ProtectedAtRest(Evidence evidence) {
    this.evidence = evidence;
    this.fold = JournalFold.of(evidence);
    evidence.book().forEach(order -> book.put(order.clientOrderId(), order));
  }

  /** Every promise that does not hold; empty when all do. */
  static List<String> problems(Evidence evidence) {
    ProtectedAtRest check = new ProtectedAtRest(evidence);
    check.ordersHaveEndedOrRest();
    check.journalCountsAsTheExchange();
    check.everyPositionHasItsStop();
    return check.problems;
  }

  private void ordersHaveEndedOrRest() {
    Map<String, FactRow> ends = new HashMap<>();
    Set<String> placed = new HashSet<>();
    for (FactRow fact : evidence.facts()) {
      if (AlwaysTrue.ENDS.contains(fact.kind())) {
        ends.put(fact.orderId(), fact);
      } else if (fact.kind().equals("order-placed")) {
        placed.add(fact.orderId());
      }
    }
    for (FactRow intent : fold.intents().values()) {
      if (intent.isProtective()) {
        hasEndedOrRests(intent, ends.get(intent.orderId()), placed.contains(intent.orderId()));
      }
    }
  }

  private void hasEndedOrRests(FactRow intent, @Nullable FactRow end, boolean placed) {
    BookOrder order = book.get(intent.orderId());
    boolean open = order != null && order.rest().open();
    if (end == null) {
      if (!open || !placed || !order.isStop()) {
        problems.add("an order that protects has no end, and no stop of it rests: " + intent);
      }
    } else if (open) {
      problems.add("an order that protects has ended, and is open: " + intent + ", " + order);
    } else if (end.kind().equals("order-ended") != (order != null)) {
      problems.add("journal and exchange differ about an order that protects: " + end);
    } else if (order != null) {
      boolean same =
          order.volume().compareTo(Objects.requireNonNull(end.order().volume())) == 0
              && order.fee().compareTo(Objects.requireNonNull(end.order().fee())) == 0;
      if (!same) {
        problems.add("what a protecting order sold differs: " + end + " against " + order);
      }
    }
  }

  private void journalCountsAsTheExchange() {
    Map<String, BigDecimal> atExchange = positions();
    Set<String> all = new TreeSet<>(atExchange.keySet());
    all.addAll(fold.held().keySet());
    for (String position : all) {
      BigDecimal counted = fold.held().getOrDefault(position, BigDecimal.ZERO);
      BigDecimal filled = atExchange.getOrDefault(position, BigDecimal.ZERO);
      if (counted.compareTo(filled) != 0) {
        problems.add(
            "the journal counts " + counted + " for " + position + ", exchange: " + filled);
      }
    }
  }

  private Map<String, BigDecimal> positions() {
    Map<String, BigDecimal> positions = new TreeMap<>();
    for (BookOrder order : evidence.book()) {
      FactRow intent = fold.intents().get(order.clientOrderId());
      if (intent != null) {
        positions.merge(JournalFold.position(intent), order.change(), BigDecimal::add);
      }
    }
    return positions;
  }

  private void everyPositionHasItsStop() {
    Map<String, List<BookOrder>> resting = new TreeMap<>();
    for (FactRow intent : fold.intents().values()) {
      BookOrder order = book.get(intent.orderId());
      if (intent.order().role().equals("STOP") && order != null && order.rest().open()) {
        resting
            .computeIfAbsent(JournalFold.position(intent), position -> new ArrayList<>())
            .add(order);
      }
    }
    positions()
        .forEach(
            (position, held) -> {
              BigDecimal stop = fold.stops().get(position);
              List<BookOrder> stops = resting.getOrDefault(position, List.of());
              if (stop == null || held.compareTo(JournalFold.LEAST) < 0) {
                if (!stops.isEmpty()) {
                  problems.add("a stop rests for " + position + " that needs none: " + stops);
                }
              } else if (stops.size() != 1 || !fits(stops.getFirst(), held, stop)) {
                problems.add(
                    "%s holds %s, to be protected at %s, and this rests: %s"
                        .formatted(position, held, stop, stops));
              }
            });
  }

  private static boolean fits(BookOrder stop, BigDecimal held, BigDecimal trigger) {
    BigDecimal at = stop.rest().trigger();
    return stop.rest().volume().compareTo(held) == 0 && at != null && at.compareTo(trigger) == 0;
  }
}
