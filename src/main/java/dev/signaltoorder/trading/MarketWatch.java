package dev.signaltoorder.trading;

import dev.signaltoorder.market.MarketSnapshot;
import dev.signaltoorder.risk.RiskEngine;
import dev.signaltoorder.risk.RuleSet;
import dev.signaltoorder.signal.Action;
import dev.signaltoorder.signal.Signal;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Looks at every price that reaches the core, records what it says of the market, and looks at
 * pairs whose market is not NORMAL more closely until it is. Times are steady.
 */
final class MarketWatch {
  private static final Duration LOOK_EVERY = Duration.ofMillis(500);

  private final AccountState state;
  private final CorePolicy policy;
  private final MarketConditions conditions;
  private final Map<String, Instant> nextLookAt = new HashMap<>();

  MarketWatch(AccountState state, CorePolicy policy) {
    this.state = state;
    this.policy = policy;
    this.conditions = new MarketConditions(policy.conditions());
  }

  /** Before anything is decided with the price that the message brings. */
  void work(Message message, Step step, Instant now, Instant clock) {
    MarketSnapshot snapshot = snapshot(message);
    if (snapshot != null) {
      ConductFact.ConditionChanged change =
          conditions.seen(state.conditions().of(snapshot.pair()), snapshot, now, clock);
      if (change != null) {
        step.record(change);
        step.effect(new Effect.Notice(change.text()));
      }
    }
    if (message instanceof Message.Tick) {
      look(step, now);
    }
  }

  /** The price that a message brings; null when it brings none. */
  static @Nullable MarketSnapshot snapshot(Message message) {
    MarketView view = view(message);
    return view == null ? null : view.snapshot();
  }

  /** What a message brings of a market; null when it brings nothing. */
  static @Nullable MarketView view(Message message) {
    return switch (message) {
      case Message.SignalArrived arrived -> arrived.market();
      case Message.MarketReady ready -> ready.market();
      case Message.PriceSeen seen -> seen.market();
      default -> null;
    };
  }

  private void look(Step step, Instant now) {
    for (ConductFact.ConditionChanged each : state.conditions().image()) {
      if (!now.isBefore(nextLookAt.getOrDefault(each.pair(), Instant.MIN))) {
        nextLookAt.put(each.pair(), now.plus(LOOK_EVERY));
        step.effect(new Effect.WantPrice(each.pair(), policy.conditions().spikeFreshFor()));
      }
    }
  }

  /**
   * There is a price, young enough to judge the signal with at once. An exit waits for a younger
   * one only out of a position with a stop: the stop must let go first, and until it has the price
   * must not have become too old to send with.
   */
  static boolean isFresh(
      AccountState state, CorePolicy policy, Signal signal, MarketView market, Instant clock) {
    MarketSnapshot snapshot = market.snapshot();
    if (snapshot == null) {
      return false;
    }
    boolean closely =
        signal.action() == Action.BUY
            && state.conditions().of(snapshot.pair()) != MarketCondition.NORMAL;
    Duration most = closely ? policy.conditions().spikeFreshFor() : policy.freshFor();
    if (isHeldByAStop(state, signal, snapshot.pair())) {
      Duration half = halfOfWhatRulesAllow(state);
      most = half != null && half.compareTo(most) < 0 ? half : most;
    }
    return !snapshot.takenAt().plus(most).isBefore(clock);
  }

  private static boolean isHeldByAStop(AccountState state, Signal signal, String pair) {
    boolean sells = signal.action() == Action.SELL || signal.action() == Action.CLOSE;
    Guard guard = sells ? state.protections().guard(pair, signal.strategy()) : null;
    return guard != null && guard.stop() != null;
  }

  private static @Nullable Duration halfOfWhatRulesAllow(AccountState state) {
    RuleSet rules = state.ruleBook().active();
    Duration oldest = rules == null ? null : RiskEngine.oldestPrice(rules);
    return oldest == null ? null : oldest.dividedBy(2);
  }
}
