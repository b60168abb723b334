package dev.signaltoorder.trading;

import dev.signaltoorder.risk.AccountView.TradingState;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Makes the stop at Kraken what it shall be: there, once, of the position's volume, at the wanted
 * trigger. Looks at what is, and takes one step towards what shall be; so it does not matter where
 * a process ended. Times are steady where nothing else is said.
 */
final class Stops {
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(60);
  private static final Duration CANCEL_AGAIN = Duration.ofSeconds(5);

  /** A start checks the keys first: that nothing may be placed until then is nothing to tell. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** A stop that rested this long was no loss in a row with those before it. */
  private static final Duration STEADY = Duration.ofMinutes(10);

  private final AccountState state;
  private final CorePolicy policy;
  private final ExchangeHealth health;
  private final ProtectiveOrders orders;
  private final Amending amending;
  private final Map<String, Instant> nextPlaceAt = new HashMap<>();
  private final Map<UUID, Instant> cancelAskedAt = new HashMap<>();
  private final Map<String, Instant> blockedSince = new HashMap<>();
  private final Set<String> told = new HashSet<>();
  private final Map<String, Resting> resting = new HashMap<>();

  /** Stops in a row that ended though they were wanted. */
  private final Map<String, Integer> lost = new HashMap<>();

  /**
   * A stop that rests and is wanted.
   *
   * @param since when it was first seen so
   */
  private record Resting(UUID orderId, Instant since) {}

  Stops(
      AccountState state,
      CorePolicy policy,
      ExchangeHealth health,
      ProtectiveOrders orders,
      Amending amending) {
    this.state = state;
    this.policy = policy;
    this.health = health;
    this.orders = orders;
    this.amending = amending;
  }

  void work(Guard guard, Step step, Instant now, Instant clock) {
    Coverage coverage = Coverage.of(state, guard.symbol(), guard.strategy());
    if (coverage.idle() && Coverage.isTooSmall(coverage.position(), guard.pair(), guard.stop())) {
      ended(guard, coverage.position(), step);
      return;
    }
    BigDecimal desired = coverage.desired(guard);
    List<Order> stops = coverage.stops();
    if (stops.isEmpty()) {
      if (desired.signum() > 0) {
        place(guard, desired, step, now, clock);
      }
    } else if (Halts.sweepsStops(state.halt())) {
      // It is being cancelled, because a person said so: to change it would race with that.
      resting.remove(name(guard));
    } else if (stops.size() > 1) {
      // One that was presumed absent has appeared.
      stops.stream().skip(1).forEach(surplus -> cancel(surplus, step, now));
    } else {
      fit(guard, stops.getFirst(), desired, step, now, clock);
    }
  }

  /** Stops whose position is no longer looked after. */
  void cancelStrays(Step step, Instant now) {
    cancelAskedAt.keySet().retainAll(state.liveOrders().keySet());
    for (Order order : state.liveOrders().values()) {
      OrderIntent intent = order.intent();
      if (intent.stops()
          && state.protections().guard(intent.plan().pair(), intent.strategy()) == null) {
        cancel(order, step, now);
      }
    }
  }

  private void ended(Guard guard, BigDecimal position, Step step) {
    boolean rest = position.signum() > 0;
    String why =
        rest
            ? "what is left, "
                + position.toPlainString()
                + ", is less than Kraken takes as an order, and is not protected"
            : "the position is closed";
    step.record(new ProtectionFact.Ended(guard.signalId(), guard.symbol(), guard.strategy(), why));
    if (rest) {
      step.effect(new Effect.Alarm(name(guard) + ": " + why));
    }
    forget(guard);
  }

  private void forget(Guard guard) {
    nextPlaceAt.remove(name(guard));
    told.remove(name(guard));
    blockedSince.remove(name(guard));
    resting.remove(name(guard));
    lost.remove(name(guard));
  }

  private void place(Guard guard, BigDecimal desired, Step step, Instant now, Instant clock) {
    if (!mayPlace(guard, desired, step, now)) {
      return;
    }
    boolean impossible = guard.failures().refused() >= policy.protection().attempts();
    if (impossible && !guard.failures().told()) {
      failed(guard, desired, guard.failures().refused() + " stops in a row were not placed", step);
    }
    boolean close =
        guard.failures().hopeless() >= policy.protection().attempts()
            && policy.protection().closeIfImpossible()
            && guard.failures().closes() < policy.protection().attempts();
    int taken = taken(guard, desired, step);
    int tries = guard.failures().refused() + guard.failures().closes() + taken;
    nextPlaceAt.put(name(guard), now.plus(pause(tries)));
    if (close) {
      orders.close(guard, desired, step, clock);
    } else {
      orders.stop(guard, desired, step, clock);
    }
  }

  /**
   * How many stops in a row Kraken took and ended though they were wanted: it cancels what it
   * cannot execute, and others may cancel at the account. Each was placed well, so nothing else
   * counts them.
   */
  private int taken(Guard guard, BigDecimal desired, Step step) {
    if (resting.remove(name(guard)) == null) {
      return lost.getOrDefault(name(guard), 0);
    }
    int inRow = lost.merge(name(guard), 1, Integer::sum);
    if (inRow % policy.protection().attempts() == 0) {
      failed(
          guard,
          desired,
          inRow + " stops in a row were ended at Kraken, and not by this service",
          step);
    }
    return inRow;
  }

  private void rests(Guard guard, UUID orderId, Instant now) {
    Resting before = resting.get(name(guard));
    if (before == null || !before.orderId().equals(orderId)) {
      resting.put(name(guard), new Resting(orderId, now));
    } else if (!now.isBefore(before.since().plus(STEADY))) {
      lost.remove(name(guard));
    }
  }

  private boolean mayPlace(Guard guard, BigDecimal desired, Step step, Instant now) {
    TradingState trading = AccountViews.tradingState(state);
    if (trading != TradingState.ACTIVE && trading != TradingState.ENTRIES_HALTED) {
      Instant since = blockedSince.computeIfAbsent(name(guard), name -> now);
      if (!now.isBefore(since.plus(PATIENCE)) && told.add(name(guard))) {
        step.effect(
            new Effect.Alarm(
                name(guard)
                    + ": "
                    + desired.toPlainString()
                    + " is not protected, and no order may be placed: "
                    + AccountViews.tradingStateReason(state)));
      }
      return false;
    }
    told.remove(name(guard));
    blockedSince.remove(name(guard));
    return !health.isLockedOut(now)
        && !now.isBefore(nextPlaceAt.getOrDefault(name(guard), Instant.MIN));
  }

  private void failed(Guard guard, BigDecimal unprotected, String why, Step step) {
    step.record(
        new ProtectionFact.Failed(
            guard.signalId(), guard.symbol(), guard.strategy(), unprotected, why));
    String what =
        unprotected.signum() > 0
            ? unprotected.toPlainString() + " is not protected: "
            : "its stop rests where it shall not be: ";
    step.effect(new Effect.Alarm(name(guard) + ": " + what + why));
  }

  private void fit(
      Guard guard, Order stop, BigDecimal desired, Step step, Instant now, Instant clock) {
    boolean rests = stop.state() instanceof OrderState.Open && stop.execution().isEmpty();
    BigDecimal trigger = guard.stop();
    if (!rests || trigger == null || health.isLockedOut(now)) {
      // Not settled yet, or it sells already.
      return;
    }
    if (desired.signum() == 0) {
      resting.remove(name(guard));
      if (!state.protections().amending().containsKey(stop.orderId())) {
        cancel(stop, step, now);
      }
      return;
    }
    rests(guard, stop.orderId(), now);
    amending.fit(stop, desired, trigger, step, now, clock);
    BigDecimal missing = desired.subtract(stop.intent().plan().volume());
    Amending.Failing failing = amending.failing(stop.orderId());
    if (failing.times() < policy.protection().attempts()) {
      return;
    }
    if (!guard.failures().told()) {
      failed(
          guard,
          missing.signum() > 0 ? missing : BigDecimal.ZERO,
          failing.times() + " changes of the stop in a row were not made",
          step);
    }
    if (missing.signum() > 0
        && failing.hopeless() >= policy.protection().attempts()
        && policy.protection().closeIfImpossible()
        && guard.failures().closes() < policy.protection().attempts()
        && !state.protections().isUncertain(stop.orderId())
        && !Coverage.isTooSmall(missing, guard.pair(), trigger)
        && mayPlace(guard, missing, step, now)) {
      nextPlaceAt.put(name(guard), now.plus(pause(guard.failures().closes())));
      orders.close(guard, missing, step, clock);
    }
  }

  private void cancel(Order order, Step step, Instant now) {
    Instant asked = cancelAskedAt.get(order.orderId());
    boolean due = asked == null || !now.isBefore(asked.plus(CANCEL_AGAIN));
    if (due && !health.isLockedOut(now) && order.state() instanceof OrderState.Open open) {
      cancelAskedAt.put(order.orderId(), now);
      step.effect(new Effect.Cancel(order.orderId(), open.txid()));
    }
  }

  static Duration pause(int failed) {
    Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(failed, 6));
    return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
  }

  private static String name(Guard guard) {
    return "the position of " + guard.strategy() + " in " + guard.symbol();
  }
}
