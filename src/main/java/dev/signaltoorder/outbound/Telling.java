package dev.signaltoorder.outbound;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is to be told of some facts of an account, line by line, and how far the cursor may move
 * after each line. A flood is cut short for people: of more than {@value #SINGLY} of a type the
 * rest is one line at the end, so the cursor has to stay before the first that was left for it,
 * while lines after it are told already. That is why what is left is kept from one pass to the
 * next: a line is told once, unless the process ends in between. Not thread-safe.
 */
final class Telling {
  /** For people: so many of one type one by one, the rest in one line. */
  static final int SINGLY = 5;

  /**
   * @param cursor the first fact that is not told whole once this line is
   * @param ahead whether the line itself lies behind that cursor
   */
  record Line(OutboundEvent event, long cursor, boolean ahead) {}

  private final Deque<Line> left = new ArrayDeque<>();
  private final long end;
  private long cursor;
  private boolean ahead;

  private Telling(long from, long end) {
    this.cursor = from;
    this.end = end;
  }

  /**
   * Of facts in a row; of fewer when one of them cannot be translated: then of those before it.
   *
   * @param from number of the first
   * @throws RuntimeException when the first cannot be translated
   */
  static Telling of(Outlet outlet, long from, List<CommittedFact> facts) {
    Map<CommittedFact, List<OutboundEvent>> events = new LinkedHashMap<>();
    long end = from;
    for (CommittedFact fact : facts) {
      try {
        events.put(fact, outlet.translator().of(fact).stream().filter(outlet::wants).toList());
      } catch (RuntimeException e) {
        if (end == from) {
          throw e;
        }
        break;
      }
      end = fact.seq() + 1;
    }
    Telling telling = new Telling(from, end);
    telling.plan(events, outlet.forPeople());
    return telling;
  }

  private void plan(Map<CommittedFact, List<OutboundEvent>> events, boolean forPeople) {
    Map<String, Integer> told = new HashMap<>();
    Map<String, OutboundEvent> newest = new LinkedHashMap<>();
    long safe = cursor;
    for (Map.Entry<CommittedFact, List<OutboundEvent>> each : events.entrySet()) {
      List<OutboundEvent> singly = new ArrayList<>();
      for (OutboundEvent event : each.getValue()) {
        if (forPeople && told.merge(event.type(), 1, Integer::sum) > SINGLY) {
          newest.put(event.type(), event);
        } else {
          singly.add(event);
        }
      }
      for (int i = 0; i < singly.size(); i++) {
        boolean whole = newest.isEmpty() && i == singly.size() - 1;
        left.add(new Line(singly.get(i), whole ? each.getKey().seq() + 1 : safe, !whole));
      }
      safe = newest.isEmpty() ? each.getKey().seq() + 1 : safe;
    }
    int summaries = newest.size();
    for (OutboundEvent last : newest.values()) {
      int more = told.getOrDefault(last.type(), 0) - SINGLY;
      summaries--;
      left.add(new Line(more(last, more), summaries == 0 ? end : safe, summaries > 0));
    }
  }

  private static OutboundEvent more(OutboundEvent last, int more) {
    String text = last.text() + " (and " + (more - 1) + " more of this kind before it)";
    return new OutboundEvent(
        last.id(), last.type(), last.at(), last.data().deepCopy().put("more", more - 1), text);
  }

  /** The next line, or null when all are told. */
  @Nullable Line next() {
    return left.peek();
  }

  /** The next line was told. */
  void told() {
    Line line = left.remove();
    ahead = line.ahead();
    cursor = line.cursor();
  }

  /** Where the account's cursor belongs now. */
  long cursor() {
    return cursor;
  }

  /** Number of the fact after the last. */
  long end() {
    return end;
  }

  /** Whether something was told that the cursor does not know of. */
  boolean isAhead() {
    return ahead;
  }
}
