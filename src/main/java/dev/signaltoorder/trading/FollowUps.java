package dev.signaltoorder.trading;

import dev.signaltoorder.kraken.Answer;
import dev.signaltoorder.kraken.QueriedOrders;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * When Kraken is asked how open orders are doing, and about which. Soon after something happened,
 * then less and less often. Rarely while the websocket tells of every change, or while little of
 * Kraken's call counter is left: it is spared before it is full. Times are steady.
 */
final class FollowUps {
  private static final int MOST_TXIDS = 50;
  private static final Duration FIRST = Duration.ofMillis(250);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(60);

  /** Below this percentage of the call counter, pauses are twice as long, and none is short. */
  private static final int GETTING_LOW = 40;

  /** Below this percentage they are six times as long. */
  private static final int LOW = 25;

  private final CorePolicy policy;
  private final Reports reports;
  private final Question question = new Question();
  private Instant nextAt = Instant.EPOCH;
  private Duration pause = FIRST;
  private int budgetLeft = 100;
  private List<String> asked = List.of();
  private final Unanswered unanswered = new Unanswered();
  private final ExchangeHealth health;
  private int upTo;
  private int leftInRound;
  private boolean closely;
  private boolean awaited;
  private boolean again;

  FollowUps(CorePolicy policy, Reports reports, ExchangeHealth health) {
    this.health = health;
    this.policy = policy;
    this.reports = reports;
  }

  /** An order was placed. */
  void placed(Instant now) {
    pause = shortest();
    // Only ever sooner: orders that keep coming must not put the question off for ever.
    Instant soon = now.plus(pause);
    nextAt = soon.isBefore(nextAt) ? soon : nextAt;
  }

  /**
   * Where each change is told, or calls are scarce, there is no asking in quick succession; except
   * that an order which waits for the answer is late soon.
   */
  private Duration shortest() {
    if (awaited) {
      return budgetLeft < LOW ? policy.followEvery() : FIRST;
    }
    return reports.isWhole() || budgetLeft < GETTING_LOW ? policy.followEvery() : FIRST;
  }

  /** Something happened that only Kraken's own figures settle: asked with the next tick. */
  void askAtOnce(Instant now) {
    pause = FIRST;
    nextAt = now;
    // A question that is out may have been answered before it happened.
    again = question.isOut(now);
  }

  /**
   * Whether an order can only be sent when Kraken has shown that another is gone: its lists lag
   * behind, so that one answer may not do.
   */
  void awaited(boolean awaited) {
    this.awaited = awaited;
  }

  /**
   * From now on asked in shorter pauses, as far as calls are not scarce, or no longer.
   *
   * @param closely the market of an open order is thin or spikes
   */
  void watch(boolean closely, Instant now) {
    if (closely && !this.closely && budgetLeft >= GETTING_LOW && unanswered.failures() == 0) {
      Instant soon = now.plus(longestPause(true));
      nextAt = soon.isBefore(nextAt) ? soon : nextAt;
    }
    this.closely = closely;
  }

  private Duration longestPause(boolean closer) {
    return closer ? policy.followEvery().dividedBy(2) : reports.longestPause(policy.followEvery());
  }

  void tick(Collection<Order> live, Step step, Instant now) {
    List<String> open = new ArrayList<>();
    for (Order order : live) {
      if (order.state() instanceof OrderState.Open at) {
        open.add(at.txid());
      }
    }
    // Nobody asks about orders that are over: entries must not wait for an answer about them.
    unanswered.keepOnly(Set.copyOf(open));
    health.openOrdersUnseen(unanswered.trouble());
    if (open.isEmpty() || question.isOut(now) || now.isBefore(nextAt)) {
      return;
    }
    // Round robin, so that more open orders than fit into one question are all asked about in turn.
    List<String> next = new ArrayList<>();
    for (int i = 0; i < Math.min(MOST_TXIDS, open.size()); i++) {
      next.add(open.get((upTo + i) % open.size()));
    }
    asked = List.copyOf(next);
    upTo = (upTo + asked.size()) % open.size();
    leftInRound =
        (leftInRound > 0 ? Math.min(leftInRound, open.size()) : open.size()) - asked.size();
    question.asked(now);
    step.effect(new Effect.Follow(asked));
  }

  void answered(Message.Followed message, Step step, Instant now) {
    question.answered();
    budgetLeft = message.budgetLeft();
    switch (message.answer()) {
      case Answer.Success<QueriedOrders> success ->
          unanswered.answered(asked, success.value(), step, now);
      case Answer.Failure<QueriedOrders> failure ->
          unanswered.failed(asked, failure.error(), step, now);
    }
    health.openOrdersUnseen(unanswered.trouble());
    if (unanswered.failures() > 1) {
      // Kraken is away: ask less and less often until it is back.
      long factor = 1L << Math.min(unanswered.failures() - 1, 6);
      Duration growing = policy.followEvery().multipliedBy(factor);
      nextAt = now.plus(growing.compareTo(LONGEST_PAUSE) < 0 ? growing : LONGEST_PAUSE);
    } else if (again) {
      pause = FIRST;
      nextAt = now;
    } else if (leftInRound > 0) {
      // The pause grows from round to round, not from page to page.
      nextAt = now.plus(shortest());
    } else {
      boolean closer = closely && budgetLeft >= GETTING_LOW;
      Duration longest = longestPause(closer).multipliedBy(stretch());
      Duration doubled = pause.multipliedBy(2);
      Duration atLeast = doubled.compareTo(shortest()) < 0 ? shortest() : doubled;
      pause = atLeast.compareTo(longest) < 0 ? atLeast : longest;
      nextAt = now.plus(pause);
    }
    again = false;
  }

  private int stretch() {
    if (budgetLeft < LOW) {
      return 6;
    }
    return budgetLeft < GETTING_LOW ? 2 : 1;
  }

  /** When the question that is out was asked; null while none is. */
  @Nullable Instant askedAt() {
    return question.askedAt();
  }

  /** True if the last question named this order. */
  boolean askedAbout(String txid) {
    return asked.contains(txid);
  }
}
