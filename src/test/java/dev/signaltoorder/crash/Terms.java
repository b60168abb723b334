package dev.signaltoorder.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The terms of leaders, read from the journal: where the newest one of each account began.
 *
 * @param begun account to the number of its newest loop-started fact
 */
record Terms(Map<String, Long> begun) {
  private static final Duration GUARD = Duration.ofSeconds(90);

  static Terms now(Place place) throws SQLException {
    Map<String, Long> begun = new TreeMap<>();
    for (var row :
        place
            .sql()
            .rows(
                "select account, max(seq) as seq from journal where kind = 'loop-started'"
                    + " group by account")) {
      if (row.get("seq") instanceof Long seq) {
        begun.put(String.valueOf(row.get("account")), seq);
      }
    }
    return new Terms(begun);
  }

  /**
   * Waits until each of the accounts has a newer term than in here.
   *
   * @param sinceNanos when their leader was lost
   * @return how long each took
   */
  Map<String, Duration> awaitNewer(Place place, Collection<String> accounts, long sinceNanos)
      throws SQLException {
    Map<String, Duration> took = new TreeMap<>();
    Set<String> waiting = new HashSet<>(accounts);
    while (!waiting.isEmpty()) {
      Map<String, Long> now = now(place).begun();
      Duration waited = Duration.ofNanos(System.nanoTime() - sinceNanos);
      for (String account : Set.copyOf(waiting)) {
        if (now.getOrDefault(account, -1L) > begun.getOrDefault(account, -1L)) {
          took.put(account, waited);
          waiting.remove(account);
        }
      }
      // Guards against waiting for ever, on a machine however busy; the figures are printed.
      assertThat(waited).as("takeover of " + waiting).isLessThan(GUARD);
      Stage.sleep(20);
    }
    return took;
  }

  /** Orders intended before these terms began that have not arrived at the exchange by now. */
  Set<String> unsentBefore(Place place, Collection<String> accounts) throws SQLException {
    Map<String, Integer> arrived = new HashMap<>(place.krakenLog().addOrdersById());
    Set<String> unsent = new HashSet<>();
    for (String account : accounts) {
      for (var row :
          place
              .sql()
              .rows(
                  "select order_id from journal where kind = 'order-intended' and account = ?"
                      + " and seq < ?",
                  account,
                  begun.getOrDefault(account, 0L))) {
        unsent.add(String.valueOf(row.get("order_id")));
      }
    }
    unsent.removeAll(arrived.keySet());
    return unsent;
  }
}
