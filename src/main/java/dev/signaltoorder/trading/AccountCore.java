package dev.signaltoorder.trading;

import dev.signaltoorder.journal.InboxEntry;
import dev.signaltoorder.risk.RiskEngine;
import dev.signaltoorder.risk.RuleSet;
import dev.signaltoorder.signal.Delivery;
import dev.signaltoorder.signal.Receipt;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * The account's step function: a message and the time in, facts and effects out. No clock, no
 * network, no database, no thread: production, paper mode, replay and simulation run this same
 * class. Facts change the state at once; if their commit fails, the whole core is thrown away and
 * folded again from the journal.
 */
final class AccountCore {
  private final AccountState state;
  private final Deciding deciding;
  private final Following following;
  private final Readings readings;
  private final RuleChanges ruleChanges;
  private final SteadyTime steady;

  AccountCore(
      AccountState state,
      RiskEngine engine,
      CorePolicy policy,
      Supplier<UUID> ids,
      Instant startedAt) {
    this.state = state;
    this.steady = new SteadyTime(startedAt);
    this.readings = new Readings(state, policy);
    this.ruleChanges = new RuleChanges(state);
    this.following = new Following(state, policy, readings);
    this.deciding =
        new Deciding(state, engine, policy, ids, startedAt, steady, readings::wantEquity);
  }

  /** What a process that has just taken the account over must settle first. */
  Step begin(Fact.LoopStarted started, RuleSet configured) {
    boolean paperBefore = state.mode().equals("paper");
    boolean paperNow = started.mode().equals("paper");
    if (!state.mode().isEmpty() && paperBefore != paperNow) {
      throw new IllegalStateException(
          "the journal of this account was begun in "
              + state.mode()
              + " mode; in "
              + started.mode()
              + " mode its positions would not be true: use another account name");
    }
    Step step = new Step(state);
    step.record(started);
    RuleSet active = state.ruleSet();
    if (active == null) {
      step.record(new Fact.RulesActivated(configured));
    } else if (active.author().equals(configured.author())
        && !active.rules().equals(configured.rules())) {
      step.record(
          new Fact.RulesActivated(
              new RuleSet(
                  active.version() + 1,
                  configured.activeFrom(),
                  configured.author(),
                  configured.reason(),
                  configured.rules())));
    }
    for (Order order : List.copyOf(state.liveOrders().values())) {
      if (order.state() instanceof OrderState.Intended) {
        step.record(
            new Fact.OrderInDoubt(
                order.orderId(),
                order.signalId(),
                "the process ended between the intent and its outcome"));
      }
    }
    return step;
  }

  /** One message. {@code now}: what the clock shows, however it was stepped. */
  Step step(Message message, Instant now) {
    steady.advanceTo(now);
    Instant steadyNow = steady.now();
    Step step = new Step(state);
    switch (message) {
      case Message.SignalArrived arrived -> signalArrived(arrived, step, now);
      case Message.InvalidArrived arrived -> invalidArrived(arrived, step);
      case Message.ConflictArrived arrived ->
          conflict(arrived.firstSignalId(), arrived.delivery(), step);
      case Message.MarketReady ready -> marketReady(ready, step, now);
      case Message.AddOrderFinished finished ->
          following.addOrderFinished(finished, step, steadyNow);
      case Message.LookedUp lookedUp -> following.lookedUp(lookedUp, step, steadyNow);
      case Message.Followed followed -> following.followed(followed, step, steadyNow);
      case Message.CancelFinished finished -> following.cancelFinished(finished, step, steadyNow);
      case Message.BalancesAnswered answered -> {
        readings.balancesAnswered(answered, step, steadyNow);
        deciding.tick(step, now);
      }
      case Message.KeyCheckFinished finished -> {
        readings.keysChecked(finished, step, steadyNow);
        deciding.tick(step, now);
      }
      case Message.Tick tick -> {
        deciding.tick(step, now);
        following.tick(step, steadyNow);
        readings.tick(step, steadyNow);
        ruleChanges.tick(step, now);
      }
      case Message.Halt halt -> halt(halt, step);
      case Message.Resume resume -> resume(resume, step);
      case Message.Arm arm -> arm(arm, step);
      case Message.Disarm disarm -> {
        step.record(new Fact.AccountDisarmed(disarm.actor()));
        step.answer(new CommandResult(true, "disarmed"));
      }
      case Message.ActivateRules activate -> ruleChanges.activate(activate, step);
      case Message.ProposeRules propose -> ruleChanges.propose(propose, step);
      case Message.ConfirmRules confirm -> ruleChanges.confirm(confirm, step, now);
      case Message.RejectRules reject -> ruleChanges.reject(reject, step);
      case Message.Settle settle -> settle(settle, step, steadyNow);
    }
    return step;
  }

  AccountState state() {
    return state;
  }

  private void signalArrived(Message.SignalArrived message, Step step, Instant now) {
    Delivery delivery = message.delivery();
    if (takenBefore(delivery, step)) {
      return;
    }
    Fact.SignalReceived received =
        new Fact.SignalReceived(
            delivery.signalId(),
            delivery.source(),
            delivery.deliveryId(),
            delivery.bodySha256(),
            delivery.receivedAt(),
            message.signal());
    step.record(received, delivery.body());
    take(delivery, step);
    deciding.consider(received, message.market(), step, now);
  }

  private void invalidArrived(Message.InvalidArrived message, Step step) {
    Delivery delivery = message.delivery();
    if (takenBefore(delivery, step)) {
      return;
    }
    step.record(
        new Fact.SignalInvalid(
            delivery.signalId(),
            delivery.source(),
            delivery.deliveryId(),
            delivery.bodySha256(),
            delivery.receivedAt(),
            message.problems()),
        delivery.body());
    take(delivery, step);
  }

  private static void take(Delivery delivery, Step step) {
    step.took(
        new InboxEntry(
            delivery.source(),
            delivery.deliveryId(),
            delivery.bodySha256(),
            delivery.signalId(),
            delivery.receivedAt()));
    step.answer(new Receipt.Accepted(delivery.signalId()));
  }

  /** Answers a delivery id that was used before; true if it was. */
  private boolean takenBefore(Delivery delivery, Step step) {
    AccountState.FirstDelivery first =
        state.firstDelivery(delivery.source(), delivery.deliveryId());
    if (first == null) {
      return false;
    }
    if (first.bodySha256().equals(delivery.bodySha256())) {
      step.answer(new Receipt.Duplicate(first.signalId()));
    } else {
      conflict(first.signalId(), delivery, step);
    }
    return true;
  }

  private static void conflict(UUID firstSignalId, Delivery delivery, Step step) {
    step.record(
        new Fact.DeliveryConflict(
            firstSignalId,
            delivery.source(),
            delivery.deliveryId(),
            delivery.bodySha256(),
            delivery.receivedAt()),
        delivery.body());
    step.answer(new Receipt.Conflict(firstSignalId));
  }

  private void marketReady(Message.MarketReady message, Step step, Instant now) {
    Fact.SignalReceived received = state.undecided().get(message.signalId());
    if (received != null) {
      deciding.consider(received, message.market(), step, now);
    }
  }

  private void halt(Message.Halt message, Step step) {
    String scope = Halts.halt(state, step, message.scope(), message.actor(), message.reason());
    step.answer(new CommandResult(true, "halted: " + scope));
  }

  private void resume(Message.Resume message, Step step) {
    if (state.halt() == null) {
      step.answer(new CommandResult(false, "not halted"));
      return;
    }
    step.record(new Fact.TradingResumed(message.actor(), message.reason()));
    step.effect(new Effect.OpenGate());
    step.answer(new CommandResult(true, "resumed"));
  }

  private void arm(Message.Arm message, Step step) {
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

  private void settle(Message.Settle message, Step step, Instant now) {
    Order order = state.liveOrders().get(message.orderId());
    if (order == null || !(order.state() instanceof OrderState.Quarantined)) {
      step.answer(new CommandResult(false, "no such quarantined order"));
      return;
    }
    if (message.placedTxid().isEmpty()) {
      step.record(
          new Fact.OrderNotPlaced(
              order.orderId(),
              order.signalId(),
              "settled by " + message.actor() + ": " + message.reason()));
    } else {
      following.settled(order, message.placedTxid(), step, now);
    }
    step.answer(new CommandResult(true, "settled"));
  }
}
