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

  private final AccountState state;
  private final CorePolicy policy;
  private final ExchangeHealth health;
  private final ProtectiveOrders orders;
  private final Amending amending;
  private final Map<String, Instant> nextPlaceAt = new HashMap<>();
  private final Map<UUID, Instant> cancelAskedAt = new HashMap<>();
  private final Map<String, Instant> blockedSince = new HashMap<>();
  private final Set<String> told = new HashSet<>();

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
      return;
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
    int tries = guard.failures().refused() + guard.failures().closes();
    nextPlaceAt.put(name(guard), now.plus(pause(tries)));
    if (close) {
      orders.close(guard, desired, step, clock);
    } else {
      orders.stop(guard, desired, step, clock);
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
    step.effect(
        new Effect.Alarm(
            name(guard) + ": " + unprotected.toPlainString() + " is not protected: " + why));
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
      if (!state.protections().amending().containsKey(stop.orderId())) {
        cancel(stop, step, now);
      }
      return;
    }
    amending.fit(stop, desired, trigger, step, now, clock);
    BigDecimal missing = desired.subtract(stop.intent().plan().volume());
    int failing = amending.failing(stop.orderId());
    if (failing < policy.protection().attempts() || missing.signum() <= 0) {
      return;
    }
    if (!guard.failures().told()) {
      failed(guard, missing, failing + " changes of the stop in a row were not made", step);
    }
    if (policy.protection().closeIfImpossible()
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
