package dev.signaltoorder.trading;

import dev.signaltoorder.kraken.CallRecord;
import dev.signaltoorder.risk.RiskEngine;
import dev.signaltoorder.risk.RuleSet;
import dev.signaltoorder.signal.Delivery;
import dev.signaltoorder.signal.Receipt;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The account's step function: a message and the time in, facts and effects out. No clock, no
 * network, no database, no thread: production, paper mode, replay and simulation run this same
 * class. Facts change the state at once; if their commit fails, the whole core is thrown away and
 * folded again from the journal.
 */
final class AccountCore {
  private final Overview overview = new Overview();
  private final AccountState state;
  private final Deciding deciding;
  private final Following following;
  private final Listening listening;
  private final Operating operating;
  private final RuleChanges ruleChanges;
  private final Silence silence;
  private final Readings readings;
  private final DeadMansSwitch deadMansSwitch;
  private final Protecting protecting;
  private final MarketWatch marketWatch;
  private final LossWatch lossWatch;
  private final YoungPrices youngPrices = new YoungPrices();
  private final SteadyTime steady;
  private final ExchangeHealth health = new ExchangeHealth();
  private final Tripwire tripwire;

  /** Facts in the journal that this program does not know; -1 until the journal's size is known. */
  private long unknownFacts = -1;

  AccountCore(
      AccountState state,
      RiskEngine engine,
      CorePolicy policy,
      Supplier<UUID> ids,
      Instant startedAt) {
    this.state = state;
    this.steady = new SteadyTime(startedAt);
    this.readings = new Readings(state, policy, health);
    this.deadMansSwitch = new DeadMansSwitch(state, policy.deadMansSwitch());
    this.tripwire = new Tripwire(state);
    Reports reports = new Reports();
    this.following = new Following(state, policy, readings, reports, health, tripwire);
    this.protecting = new Protecting(state, policy, ids, health, following);
    this.marketWatch = new MarketWatch(state, policy);
    this.lossWatch = new LossWatch(state, engine, youngPrices);
    this.listening = new Listening(state, following, reports, readings, tripwire);
    this.operating = new Operating(state, following, policy.acts());
    this.ruleChanges = new RuleChanges(state);
    this.silence = new Silence(state, policy.longestSilence(), startedAt);
    this.deciding =
        new Deciding(state, engine, policy, ids, startedAt, steady, health, youngPrices, readings);
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
    health.keepStillAsRecorded(state.lockout(), steady.now());
    Step step = new Step(state);
    step.record(started);
    RuleSet active = state.ruleBook().active();
    if (active == null) {
      step.record(new Fact.RulesActivated(configured));
    } else if (active.author().equals(configured.author())
        && !active.rules().equals(configured.rules())) {
      step.record(
          new Fact.RulesActivated(
              new RuleSet(
                  // Not that of rules which only wait: they end with it, and nobody confirms these.
                  state.ruleBook().highest() + 1,
                  configured.activeFrom(),
                  configured.author(),
                  configured.reason(),
                  configured.rules())));
    }
    deadMansSwitch.begin(step);
    HeldSells.doubtTheOthers(state, step);
    tripwire.check(step);
    return step;
  }

  /** One message. {@code now}: what the clock shows, however it was stepped. */
  Step step(Message message, Instant now) {
    steady.advanceTo(now);
    Instant steadyNow = steady.now();
    Step step = new Step(state);
    learn(message, step, now, steadyNow);
    marketWatch.work(message, step, steadyNow, now);
    switch (message) {
      case Message.SignalArrived arrived -> signalArrived(arrived, step, now);
      case Message.InvalidArrived arrived -> invalidArrived(arrived, step);
      case Message.ConflictArrived arrived ->
          Takings.conflict(arrived.firstSignalId(), arrived.delivery(), step);
      case Message.MarketReady ready -> marketReady(ready, step, now);
      case Message.AddOrderFinished finished ->
          following.addOrderFinished(finished, step, steadyNow);
      case Message.LookedUp lookedUp -> following.lookedUp(lookedUp, step, steadyNow, now);
      case Message.Followed followed -> following.followed(followed, step, steadyNow);
      case Message.ExecutionsReported reported -> listening.reported(reported, step, steadyNow);
      case Message.FeedChanged changed -> listening.changed(changed, steadyNow);
      case Message.CancelFinished finished ->
          following.cancelFinished(finished, !health.isLockedOut(steadyNow), step, steadyNow);
      case Message.BalancesAnswered answered -> {
        readings.balancesAnswered(answered, step, steadyNow);
        deciding.tick(step, now);
      }
      case Message.FeesAnswered answered -> readings.feesAnswered(answered, step, steadyNow);
      case Message.CancelAllAfterAnswered answered ->
          deadMansSwitch.answered(answered, step, steadyNow);
      case Message.KeyCheckFinished finished -> {
        readings.keysChecked(finished, step, steadyNow);
        deciding.tick(step, now);
      }
      case Message.KeysRotated rotated -> {
        step.record(new Fact.KeysRotated(rotated.from(), rotated.check().keyFingerprints()));
        readings.keysChecked(rotated.check(), step, steadyNow);
      }
      case Message.KeysNotRotated kept -> readings.keysNotRotated(kept, step);
      case Message.CheckpointKeyReplaced replaced ->
          step.record(new Fact.CheckpointKeyReplaced(replaced.from(), replaced.to()));
      case Message.Replacement replaced -> step.record(replaced.fact());
      case Message.Tick tick -> {
        deciding.tick(step, now);
        ruleChanges.tick(step, now);
        silence.tick(step, now);
        // Every call would prolong a lockout.
        if (!health.isLockedOut(steadyNow)) {
          following.tick(step, steadyNow);
          readings.tick(step, steadyNow);
          deadMansSwitch.tick(step, steadyNow);
        }
      }
      case Message.Halt halt -> operating.halt(halt, step);
      case Message.Resume resume -> {
        if (operating.mayResume(resume, step, now)) {
          lossWatch.resume(() -> operating.resume(resume, step), step, now);
        }
      }
      case Message.Arm arm -> operating.arm(arm, step, now);
      case Message.Disarm disarm -> operating.disarm(disarm, step);
      case Message.RehearseHalt rehearse -> Rehearsal.play(state, rehearse, step);
      case Message.Drill drill -> operating.drill(drill, step);
      case Message.ActivateRules activate -> ruleChanges.activate(activate, step, now);
      case Message.ProposeRules propose -> ruleChanges.propose(propose, step);
      case Message.ConfirmRules confirm -> ruleChanges.confirm(confirm, step, now);
      case Message.RejectRules reject -> ruleChanges.reject(reject, step);
      case Message.Settle settle -> operating.settle(settle, step, steadyNow, now);
      case Message.AmendFinished amended -> {}
      case Message.PriceSeen seen -> {}
    }
    protecting.work(message, step, steadyNow, now);
    lossWatch.work(message, step, steadyNow, now);
    if (!step.facts().isEmpty()) {
      tripwire.check(step);
    }
    return step;
  }

  /** Why look-ups could miss an order; null while nothing speaks for it. */
  @Nullable String blindness() {
    return following.blindness();
  }

  /** After a commit: the journal holds this many facts, as its writer counts. */
  void journalHolds(long size) {
    if (unknownFacts < 0) {
      unknownFacts = size - state.factCount();
    }
    long folded = state.factCount() + unknownFacts;
    if (folded != size) {
      state
          .tallies()
          .anomaly(
              Invariant.GAPLESS,
              "the journal holds " + size + " facts, " + folded + " were folded",
              null);
    }
  }

  private void learn(Message message, Step step, Instant now, Instant steadyNow) {
    youngPrices.learn(message);
    for (CallRecord call : message.calls()) {
      if (health.learn(call, steadyNow)) {
        Instant until = now.plus(ExchangeHealth.LOCKOUT);
        step.record(new Fact.AccountLockedOut(until, call.callId(), "EGeneral:Temporary lockout"));
        step.effect(
            new Effect.Alarm("Kraken has locked the account out: no private call before " + until));
      }
    }
  }

  AccountStatus status(String account, int waitingMessages) {
    Instant now = steady.now();
    return AccountStatus.of(
        account,
        state,
        waitingMessages,
        ExchangeStatus.of(
            health,
            now,
            deciding.parkedSignals(),
            state.searches().watched().size(),
            following.blindness()),
        overview.of(state, now),
        now);
  }

  /** No signal is decided any more, so that no entry begins. */
  void leave() {
    deciding.leave();
  }

  /** True when Kraken may cancel all orders unless it hears from us. */
  boolean deadMansSwitchMayBeSet() {
    return deadMansSwitch.mayBeSet();
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
    Takings.take(delivery, step);
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
    Takings.take(delivery, step);
  }

  /** Answers a delivery id that was used before; true if it was. */
  private boolean takenBefore(Delivery delivery, Step step) {
    Deliveries.First first = state.deliveries().first(delivery.source(), delivery.deliveryId());
    if (first == null) {
      return false;
    }
    if (first.bodySha256().equals(delivery.bodySha256())) {
      step.answer(new Receipt.Duplicate(first.signalId()));
    } else {
      Takings.conflict(first.signalId(), delivery, step);
    }
    return true;
  }

  private void marketReady(Message.MarketReady message, Step step, Instant now) {
    Fact.SignalReceived received = state.undecided().get(message.signalId());
    if (received != null) {
      deciding.consider(received, message.market(), step, now);
    }
  }
}
