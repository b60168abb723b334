package dev.signaltoorder.trading;

import dev.signaltoorder.risk.RuleSet;
import java.time.Instant;
import java.util.List;

/** What an operator's commands do to an account. Each is a fact with its actor. */
final class Operating {
  /** From the narrowest to the widest. */
  private static final List<String> HALT_SCOPES = List.of("ENTRIES", "ALL", "CANCEL_ALL");

  private final AccountState state;
  private final Following following;

  Operating(AccountState state, Following following) {
    this.state = state;
    this.following = following;
  }

  void halt(Message.Halt message, Step step) {
    Fact.TradingHalted before = state.halt();
    // A narrower halt never lifts a wider one: only a resume does, with its reason.
    boolean wider =
        before != null
            && HALT_SCOPES.indexOf(before.scope()) > HALT_SCOPES.indexOf(message.scope());
    String scope = before != null && wider ? before.scope() : message.scope();
    step.record(new Fact.TradingHalted(scope, message.actor(), message.reason()));
    step.effect(
        new Effect.CloseGate(
            "halted (" + scope + ") by " + message.actor(), scope.equals("ENTRIES")));
    step.answer(new CommandResult(true, "halted: " + scope));
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

  void arm(Message.Arm message, Step step) {
    Fact.KeyChecked check = state.keyCheck();
    if (check == null) {
      step.answer(new CommandResult(false, "the Kraken key has not been checked yet"));
    } else if (!check.refusals().isEmpty()) {
      step.answer(
          new CommandResult(false, "the key is refused: " + String.join("; ", check.refusals())));
    } else {
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

  void activateRules(Message.ActivateRules message, Step step) {
    RuleSet active = state.ruleSet();
    long expected = active == null ? 1 : active.version() + 1;
    if (message.ruleSet().version() != expected) {
      step.answer(
          new CommandResult(false, "the rules changed meanwhile: version " + (expected - 1)));
      return;
    }
    step.record(new Fact.RulesActivated(message.ruleSet()));
    step.answer(new CommandResult(true, "active"));
  }

  void settle(Message.Settle message, Step step, Instant now) {
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
    if (message.placedTxid().isEmpty()) {
      step.record(
          new Fact.OrderNotPlaced(
              order.orderId(),
              order.signalId(),
              "settled by " + message.actor() + ": " + message.reason(),
              true));
    } else {
      following.settled(order, message.placedTxid(), step, now);
    }
    step.answer(new CommandResult(true, "settled"));
  }
}
