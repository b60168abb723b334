package dev.signaltoorder.trading;

import dev.signaltoorder.kraken.OrderInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Asks on, for a bounded time, about orders that are presumed absent: silence and people can be
 * wrong. One question at a time. The pauses are counted in {@link SteadyTime} and begin anew with
 * each process; the end is also a matter of the clock, so that neither a stepped clock nor a
 * process that restarts often ends the watch much too soon.
 */
final class Watching {
  private final AccountState state;
  private final CorePolicy policy;
  private final Map<UUID, Instant> nextAt = new HashMap<>();
  private final Question question = new Question();

  Watching(AccountState state, CorePolicy policy) {
    this.state = state;
    this.policy = policy;
  }

  void tick(Step step, Instant now) {
    Map<UUID, Searches.Watched> watched = state.searches().watched();
    nextAt.keySet().retainAll(watched.keySet());
    for (UUID orderId : watched.keySet()) {
      nextAt.computeIfAbsent(orderId, id -> now.plus(pauseAfter(0)));
    }
    if (question.isOut(now)) {
      return;
    }
    for (Searches.Watched each : watched.values()) {
      Order order = each.order();
      Instant due = nextAt.get(order.orderId());
      if (due != null && !now.isBefore(due)) {
        question.asked(now);
        step.effect(new Effect.LookUp(order.orderId(), order.intent().clientOrderId()));
        return;
      }
    }
  }

  /**
   * A look-up of an order that is presumed absent came back.
   *
   * @param now steady
   * @param clock what the clock shows
   * @return the order as Kraken shows it, if it does: it has appeared
   */
  @Nullable OrderInfo answered(Message.LookedUp message, Step step, Instant now, Instant clock) {
    Searches.Watched watched = state.searches().watched().get(message.orderId());
    if (watched == null) {
      return null;
    }
    question.answered();
    List<OrderInfo> shown = Shown.of(watched.order(), message);
    if (!shown.isEmpty()) {
      return shown.getFirst();
    }
    UUID orderId = message.orderId();
    if (!Shown.clean(message)) {
      nextAt.put(orderId, now.plus(pauseAfter(0)));
      return null;
    }
    int check = watched.checks() + 1;
    Duration longest = policy.watchAfter().getLast();
    boolean last =
        check >= policy.watchAfter().size()
            && !clock.isBefore(watched.order().intent().deadline().plus(longest));
    nextAt.put(orderId, now.plus(pauseAfter(check)));
    step.record(new Fact.OrderStillAbsent(orderId, watched.order().signalId(), check, last));
    return null;
  }

  private Duration pauseAfter(int checks) {
    List<Duration> after = policy.watchAfter();
    int next = Math.min(checks, after.size() - 1);
    return next == 0 ? after.getFirst() : after.get(next).minus(after.get(next - 1));
  }
}
