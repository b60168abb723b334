package dev.signaltoorder.trading;

import dev.signaltoorder.kraken.Answer;
import dev.signaltoorder.kraken.CancelAllTimer;
import dev.signaltoorder.risk.AccountView.TradingState;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Keeps Kraken's CancelAllOrdersAfter set while this process leads the account and may place
 * orders: should it fall silent, Kraken cancels everything, protective stops too. Kraken advises to
 * renew a switch of 60 s every 15 to 30 s; here it is a third of the time. While a person has
 * halted all, the switch is off: the stops that rest must stay. Times are steady.
 */
final class DeadMansSwitch {
  private static final int RENEWALS_PER_TIMEOUT = 3;
  private static final Duration RETRY = Duration.ofSeconds(2);

  private final AccountState state;
  private final @Nullable Duration timeout;
  private @Nullable Instant askedAt;
  private @Nullable Duration askedFor;
  private @Nullable Duration isSet;
  private Instant nextAt = Instant.MIN;
  private boolean told;

  /**
   * @param timeout after so long without a renewal Kraken cancels; null: never set
   */
  DeadMansSwitch(AccountState state, @Nullable Duration timeout) {
    this.state = state;
    this.timeout = timeout;
  }

  /** What an operator should know before the first order rests. */
  void begin(Step step) {
    if (timeout != null) {
      step.effect(
          new Effect.Notice(
              "the dead man's switch is on: if this process is silent for "
                  + timeout.toSeconds()
                  + " s, Kraken cancels ALL open orders of the account, also protective stops and"
                  + " orders that were placed by hand"));
    }
  }

  void tick(Step step, Instant now) {
    if (timeout == null || state.keyCheck() == null) {
      return;
    }
    Duration wanted = mayPlace() ? timeout : Duration.ZERO;
    // Asking twice does no harm, and a renewal that never left would.
    Duration renewal = timeout.dividedBy(RENEWALS_PER_TIMEOUT);
    boolean answerMayCome = askedAt != null && now.isBefore(askedAt.plus(renewal));
    boolean changed = !wanted.equals(askedFor);
    boolean off = wanted.isZero() && wanted.equals(isSet);
    if (answerMayCome || (!changed && (off || now.isBefore(nextAt)))) {
      return;
    }
    askedAt = now;
    askedFor = wanted;
    nextAt = now.plus(renewal);
    step.effect(new Effect.CancelAllAfter(wanted));
  }

  private boolean mayPlace() {
    TradingState trading = AccountViews.tradingState(state);
    return !state.mode().equals("validate")
        && (trading == TradingState.ACTIVE || trading == TradingState.ENTRIES_HALTED);
  }

  void answered(Message.CancelAllAfterAnswered message, Step step, Instant now) {
    step.record(CallFacts.called(message.answer().call(), "dead-mans-switch", null, null));
    askedAt = null;
    if (message.answer() instanceof Answer.Success<CancelAllTimer>) {
      isSet = message.timeout();
      told = false;
      return;
    }
    isSet = null;
    Instant soon = now.plus(RETRY);
    nextAt = soon.isBefore(nextAt) ? soon : nextAt;
    if (!told) {
      told = true;
      step.effect(
          new Effect.Alarm(
              "the dead man's switch could not be "
                  + (message.timeout().isZero() ? "switched off" : "renewed")
                  + ": Kraken may cancel all open orders of the account, protective stops too"));
    }
  }

  /** True when Kraken may still be waiting for a renewal. */
  boolean mayBeSet() {
    return timeout != null && askedFor != null && !Duration.ZERO.equals(isSet);
  }
}
