package dev.signaltoorder.trading;

import dev.signaltoorder.market.PairRules;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How long parts of positions with a stop-loss lay at the exchange without one: from the moment the
 * exchange's stop covers less than the position, until it covers it again, or until the sell of the
 * rest has begun. Counted in calls about that position that began and ended meanwhile, one after
 * the other. Knows only the exchange's book and which calls were made.
 */
final class UnprotectedSpans {
  /** What left a part without a stop. */
  enum After {
    /** More was bought. */
    BOUGHT,
    /** The stop was made smaller, so that a part can be sold. */
    REDUCED,
    /** The stop was cancelled, so that all can be sold. */
    REMOVED,
    /** A sell has ended and left something. */
    SOLD_LESS,
    /** The stop itself has ended and left something. */
    STOP_SOLD_LESS
  }

  /**
   * A while without a stop.
   *
   * @param calls most calls that one after the other began and ended in it
   */
  record Span(After after, String position, long fromMicros, long untilMicros, int calls) {}

  /**
   * Whose an order is.
   *
   * @param stopLoss that an entry names; null: none, or no entry
   */
  record Owner(String position, PairRules pair, boolean buy, @Nullable BigDecimal stopLoss) {}

  private static final class Position {
    private final Map<String, SimulatedBook.Happened> orders = new HashMap<>();
    private final Map<String, BigDecimal> inFlight = new HashMap<>();
    private @Nullable BigDecimal stopLoss;
    private @Nullable After after;
    private long since;
  }

  private record Event(long atMicros, Runnable action) {}

  private final SimulatedExchange exchange;
  private final Map<String, Owner> owners;
  private final Map<String, Position> positions = new HashMap<>();
  private final Map<String, Set<String>> ids = new HashMap<>();
  private final List<Span> spans = new ArrayList<>();

  /** {@code owners}: by our order ids. */
  UnprotectedSpans(SimulatedExchange exchange, Map<String, Owner> owners) {
    this.exchange = exchange;
    this.owners = owners;
  }

  /** All of them, as they ended. */
  List<Span> all() {
    owners.forEach((id, owner) -> idsOf(owner).add(id));
    for (SimulatedBook.Booked booked : exchange.book().orders()) {
      idsOf(owner(booked.request.clientOrderId())).add(booked.txid);
    }
    List<Event> events = new ArrayList<>();
    for (SimulatedExchange.Begun begun : exchange.begun()) {
      events.add(new Event(begun.atMicros(), () -> begun(begun)));
    }
    exchange.refused().forEach((id, at) -> events.add(new Event(at, () -> refused(id, at))));
    for (SimulatedBook.Happened happened : exchange.book().history()) {
      events.add(new Event(happened.atMicros(), () -> happened(happened)));
    }
    events.sort(Comparator.comparingLong(Event::atMicros));
    events.forEach(event -> event.action().run());
    return spans;
  }

  private Owner owner(String clientOrderId) {
    return java.util.Objects.requireNonNull(owners.get(clientOrderId), clientOrderId);
  }

  private Set<String> idsOf(Owner owner) {
    return ids.computeIfAbsent(owner.position(), position -> new HashSet<>());
  }

  private Position position(Owner owner) {
    return positions.computeIfAbsent(owner.position(), position -> new Position());
  }

  private void begun(SimulatedExchange.Begun begun) {
    boolean sells =
        begun.request().side().equals("sell") && !begun.request().orderType().equals("stop-loss");
    if (sells) {
      Owner owner = owner(begun.clientOrderId());
      position(owner).inFlight.put(begun.clientOrderId(), new BigDecimal(begun.request().volume()));
      look(owner, null, begun.atMicros());
    }
  }

  private void refused(String clientOrderId, long at) {
    Owner owner = owner(clientOrderId);
    if (position(owner).inFlight.remove(clientOrderId) != null) {
      look(owner, After.SOLD_LESS, at);
    }
  }

  private void happened(SimulatedBook.Happened now) {
    Owner owner = owner(now.clientOrderId());
    Position position = position(owner);
    SimulatedBook.Happened before = position.orders.put(now.clientOrderId(), now);
    if (!now.open()) {
      position.inFlight.remove(now.clientOrderId());
    } else if (position.inFlight.containsKey(now.clientOrderId())) {
      position.inFlight.put(now.clientOrderId(), now.volume().subtract(now.executed()));
    }
    if (owner.stopLoss() != null && now.executed().signum() > 0) {
      position.stopLoss = owner.stopLoss();
    }
    look(owner, cause(owner, before, now), now.atMicros());
  }

  private static @Nullable After cause(
      Owner owner, SimulatedBook.@Nullable Happened before, SimulatedBook.Happened now) {
    if (owner.buy()) {
      boolean more = before == null || now.executed().compareTo(before.executed()) > 0;
      return more ? After.BOUGHT : null;
    }
    if (!now.stop()) {
      return now.open() ? null : After.SOLD_LESS;
    }
    if (!now.open()) {
      return now.executed().signum() == 0 ? After.REMOVED : After.STOP_SOLD_LESS;
    }
    boolean less = before != null && now.volume().compareTo(before.volume()) < 0;
    return less ? After.REDUCED : null;
  }

  /** {@code cause}: of a lack that may begin now; null when what happened can make none. */
  private void look(Owner owner, @Nullable After cause, long at) {
    Position position = position(owner);
    BigDecimal held = BigDecimal.ZERO;
    BigDecimal resting = BigDecimal.ZERO;
    for (Map.Entry<String, SimulatedBook.Happened> each : position.orders.entrySet()) {
      SimulatedBook.Happened order = each.getValue();
      boolean buy = owner(each.getKey()).buy();
      held = held.add(buy ? order.executed() : order.executed().negate());
      if (order.stop() && order.open()) {
        resting = resting.add(order.volume().subtract(order.executed()));
      }
    }
    BigDecimal left = held;
    for (BigDecimal volume : position.inFlight.values()) {
      left = left.subtract(volume);
    }
    BigDecimal stopLoss = position.stopLoss;
    boolean lacks =
        stopLoss != null
            && !Coverage.isTooSmall(left, owner.pair(), stopLoss)
            && resting.compareTo(left) < 0;
    if (position.after != null && (!lacks || cause != null)) {
      end(owner, position, position.after, at);
    }
    if (lacks && cause != null) {
      position.after = cause;
      position.since = at;
    }
    if (stopLoss != null && Coverage.isTooSmall(held, owner.pair(), stopLoss)) {
      position.stopLoss = null;
    }
  }

  private void end(Owner owner, Position position, After after, long at) {
    position.after = null;
    spans.add(
        new Span(after, owner.position(), position.since, at, calls(owner, position.since, at)));
  }

  private int calls(Owner owner, long from, long until) {
    List<SimulatedExchange.Made> within =
        exchange.made().stream()
            .filter(call -> call.fromMicros() >= from && call.untilMicros() <= until)
            .filter(call -> call.isAbout(idsOf(owner)))
            .sorted(Comparator.comparingLong(SimulatedExchange.Made::untilMicros))
            .toList();
    int calls = 0;
    long last = from;
    for (SimulatedExchange.Made call : within) {
      if (call.fromMicros() >= last) {
        calls++;
        last = call.untilMicros();
      }
    }
    return calls;
  }
}
