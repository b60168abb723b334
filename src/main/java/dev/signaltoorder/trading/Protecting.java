package dev.signaltoorder.trading;

import java.time.Instant;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Looks after positions: a stop that rests at Kraken from the first fill on, in the size of the
 * position; take-profits; stops that follow the price. After every step it compares what is with
 * what shall be (ADR 29).
 */
final class Protecting {
  private final AccountState state;
  private final Stops stops;
  private final Amending amending;
  private final HeldSells heldSells;
  private final Targets targets;

  Protecting(
      AccountState state,
      CorePolicy policy,
      Supplier<UUID> ids,
      ExchangeHealth health,
      Following following) {
    this.state = state;
    ProtectiveOrders orders = new ProtectiveOrders(state, policy, ids);
    this.amending = new Amending(state, policy, following);
    this.stops = new Stops(state, policy, health, orders, amending);
    this.heldSells = new HeldSells(state, policy);
    this.targets = new Targets(state, policy, health, orders, amending);
  }

  /**
   * After every message.
   *
   * @param now steady
   */
  void work(Message message, Step step, Instant now, Instant clock) {
    switch (message) {
      case Message.AmendFinished finished -> amending.finished(finished, step, now);
      case Message.PriceSeen seen -> targets.priceSeen(seen, step, now, clock);
      case Message.Tick tick -> {
        amending.tick(step, now);
        stops.cancelStrays(step, now);
        targets.tick(step, now);
      }
      default -> {
        // Whatever it was, the positions may be other ones.
      }
    }
    for (Guard guard : state.protections().guards()) {
      stops.work(guard, step, now, clock);
    }
    if (!state.protections().held().isEmpty()) {
      heldSells.work(step, now, clock);
    }
  }
}
