package dev.signaltoorder.trading;

import dev.signaltoorder.kraken.OrderInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks on, for a bounded time, about orders that are presumed absent: silence and people can be
 * wrong. One question at a time, about all that are due. The pauses are counted in {@link
 * SteadyTime} and begin anew with each process; the end is also a matter of the clock, so that
 * neither a stepped clock nor a process that restarts often ends the watch much too soon.
 */
final class Watching {
  private final AccountState state;
  private final CorePolicy policy;
  private final Map<UUID, Instant> nextAt = new HashMap<>();
  private final Question question = new Question();
  private final LongSupplier numbers;
  private long number;
  private boolean oneByOne;

  Watching(AccountState state, CorePolicy policy, LongSupplier numbers) {
    this.numbers = numbers;
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
    if (watched.values().stream().noneMatch(each -> isDue(each, now))) {
      oneByOne = false;
      return;
    }
    // Those that are due soon as well: one question is enough for all.
    Instant soon = now.plus(policy.watchAfter().getFirst().dividedBy(4));
    List<Order> asked = new ArrayList<>();
    for (Searches.Watched each : watched.values()) {
      if (isDue(each, oneByOne ? now : soon) && !(oneByOne && !asked.isEmpty())) {
        asked.add(each.order());
      }
    }
    question.asked(now);
    number = numbers.getAsLong();
    Search search = asked.size() == 1 ? Search.of(asked.getFirst()) : Search.coveringAll(asked);
    step.effect(new Effect.LookUp(number, asked.stream().map(Order::orderId).toList(), search));
  }

  private boolean isDue(Searches.Watched watched, Instant now) {
    Instant due = nextAt.get(watched.order().orderId());
    return due != null && !now.isBefore(due);
  }

  /** A look-up came back; perhaps not ours. */
  void over(Message.LookedUp message) {
    if (message.number() == number) {
      question.answered();
    }
  }

  /**
   * What a look-up says about an order that is presumed absent.
   *
   * @param now steady
   * @param clock what the clock shows
   * @return the order as Kraken shows it, if it does: it has appeared
   */
  @Nullable OrderInfo judge(
      UUID orderId, Findings findings, Step step, Instant now, Instant clock) {
    Searches.Watched watched = state.searches().watched().get(orderId);
    if (watched == null) {
      return null;
    }
    List<OrderInfo> shown = Shown.of(watched.order(), findings);
    if (!shown.isEmpty()) {
      return shown.getFirst();
    }
    if (!findings.answered()) {
      nextAt.put(orderId, now.plus(pauseAfter(0)));
      return null;
    }
    if (!Shown.isSilent(watched.order(), findings)) {
      // Too much to read, or too like it: asked for by its id, at once the first time.
      nextAt.put(orderId, oneByOne ? now.plus(pauseAfter(0)) : now);
      oneByOne = true;
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
