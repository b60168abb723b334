package dev.signaltoorder.trading;

import dev.signaltoorder.trading.ActConfirmation.Act;
import java.time.Instant;

/** What an operator's commands do to an account. Each is a fact with its actor. */
final class Operating {
  private final AccountState state;
  private final Following following;
  private final SecondOperator second;

  Operating(AccountState state, Following following, ActConfirmation confirmation) {
    this.state = state;
    this.second = new SecondOperator(state, confirmation);
    this.following = following;
  }

  void halt(Message.Halt message, Step step) {
    Fact.TradingHalted halt =
        Halts.halt(
            state, step, message.scope(), message.sweep(), message.actor(), message.reason());
    step.answer(new CommandResult(true, "halted: " + Halts.what(halt)));
  }

  /** Whether nobody else has to want it too; what is not halted needs nobody. */
  boolean mayResume(Message.Resume message, Step step, Instant now) {
    return state.halt() == null
        || second.agrees(Act.RESUME, "", message.actor(), message.reason(), step, now);
  }

  void resume(Message.Resume message, Step step) {
    if (state.halt() == null) {
      step.answer(new CommandResult(false, "not halted"));
      return;
    }
    // Resuming says: I have seen it. What is known is allowed for, one more is not.
    long surplus = Math.max(0, state.tallies().ordersSent() - state.tallies().intents());
    step.record(new Fact.TradingResumed(message.actor(), message.reason(), surplus));
    step.effect(new Effect.OpenGate());
    step.answer(new CommandResult(true, "resumed"));
  }

  void arm(Message.Arm message, Step step, Instant now) {
    Fact.KeyChecked check = state.keyCheck();
    if (check == null) {
      step.answer(new CommandResult(false, "the Kraken key has not been checked yet"));
    } else if (!check.refusals().isEmpty()) {
      step.answer(
          new CommandResult(false, "the key is refused: " + String.join("; ", check.refusals())));
    } else if (second.agrees(Act.ARM, "", message.actor(), "", step, now)) {
      step.record(new Fact.AccountArmed(message.actor()));
      step.answer(new CommandResult(true, "armed"));
    }
  }

  void disarm(Message.Disarm message, Step step) {
    step.record(new Fact.AccountDisarmed(message.actor()));
    step.answer(new CommandResult(true, "disarmed"));
  }

  /** The shell changes the simulated exchange afterwards. */
  void drill(Message.Drill message, Step step) {
    step.record(new Fact.DrillSet(message.actor(), message.what()));
    step.answer(new CommandResult(true, "recorded"));
  }

  /**
   * @param now what the clock shows
   */
  void settle(Message.Settle message, Step step, Instant steadyNow, Instant now) {
    Order order = state.liveOrders().get(message.orderId());
    if (order == null || !(order.state() instanceof OrderState.Quarantined)) {
      step.answer(new CommandResult(false, "no such quarantined order"));
      return;
    }
    for (Order other : state.liveOrders().values()) {
      if (other.txid().filter(message.placedTxid()::equals).isPresent()) {
        step.answer(
            new CommandResult(
                false, message.placedTxid() + " belongs to the order " + other.orderId()));
        return;
      }
    }
    boolean none = message.placedTxid().isEmpty();
    String as = order.orderId() + " as " + (none ? "none" : message.placedTxid());
    if (!second.agrees(Act.SETTLE, as, message.actor(), message.reason(), step, now)) {
      return;
    }
    step.record(
        new ConductFact.OrderSettled(
            order.orderId(),
            order.signalId(),
            message.actor(),
            message.reason(),
            none ? null : message.placedTxid()));
    if (none) {
      step.record(
          new Fact.OrderNotPlaced(
              order.orderId(),
              order.signalId(),
              "settled by " + message.actor() + ": " + message.reason(),
              true));
    } else {
      following.settled(order, message.placedTxid(), step, steadyNow);
    }
    step.answer(new CommandResult(true, "settled"));
  }
}
