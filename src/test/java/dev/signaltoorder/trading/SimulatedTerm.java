package dev.signaltoorder.trading;

import dev.signaltoorder.journal.InboxEntry;
import dev.signaltoorder.kraken.AddOrderVerdict;
import dev.signaltoorder.kraken.Answer;
import dev.signaltoorder.kraken.CallOutcome;
import dev.signaltoorder.kraken.SendPermit;
import dev.signaltoorder.signal.Delivery;
import dev.signaltoorder.signal.Receipt;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One term of the loop, as {@link AccountLoop} and {@link EffectRunner} run it, with the one
 * difference that it can die between any two of its steps.
 */
final class SimulatedTerm {
  private static final Duration TICK = Duration.ofMillis(100);
  private static final Duration LEASE_MARGIN = Duration.ofSeconds(1);
  private static final double CRASH = 0.004;
  private static final double FROM_SAVED_STATE = 0.05;
  private static final StateCodec STATES = new StateCodec();

  private final SimulatedHost host;
  private final SimulatedHost.Equipment with;
  private final World world;
  private final long fencing;
  private final SendGate gate;
  private final AccountState state;
  private final AccountCore core;
  private final List<Waiting> mailbox = new ArrayList<>();
  private long size;
  private Instant lastTick = Instant.EPOCH;
  private long renewedMicros;
  private boolean dead;
  private boolean ended;
  private boolean turnPlanned;

  private final Set<Long> rowsInHand = new HashSet<>();

  /** {@code row}: null when it did not come by the database. */
  private record Waiting(
      Message message, @Nullable Consumer<@Nullable Object> answer, @Nullable Long row) {}

  /** The process is gone, with everything it held in memory. */
  private static final class CrashException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CrashException() {
      super("crash", null, false, false);
    }
  }

  SimulatedTerm(SimulatedHost host, SimulatedHost.Equipment with, long fencing) {
    this.host = host;
    this.with = with;
    this.world = with.world();
    this.fencing = fencing;
    this.gate = new SendGate(() -> world.nowMicros() * 1_000, LEASE_MARGIN);
    this.state = rebuilt(SimulatedHost.facts(with.journal()));
    this.core = new AccountCore(state, with.engine(), with.policy(), world::id, host.clock());
  }

  /** The fold of all facts, or now and then of a saved state and the rest. */
  private AccountState rebuilt(List<Fact> facts) {
    size = facts.size();
    int saved = world.chance(FROM_SAVED_STATE) ? (int) world.between(0, size) : 0;
    AccountState folded = new AccountState();
    for (int i = 0; i < facts.size(); i++) {
      if (i == saved && saved > 0) {
        folded = new AccountState(STATES.decode(STATES.encode(StateImage.of(folded))));
      }
      folded.apply(facts.get(i));
      folded.takeTouched();
    }
    return folded;
  }

  void begin() {
    world.note(() -> host.name() + " takes the account, term " + fencing);
    guarded(
        List.of(),
        () -> {
          List<Order> found = List.copyOf(state.liveOrders().values());
          Step step =
              core.begin(new Fact.LoopStarted(world.id(), fencing, "paper", "test"), with.rules());
          commit(List.of(step), Set.of());
          Fact.TradingHalted halt = state.halt();
          if (halt != null) {
            gate.close(halt.reason(), halt.scope().equals("ENTRIES"), Duration.ZERO);
          }
          step.effects().forEach(this::run);
          if (with.broken().contains(Breakage.RESEND_AFTER_RESTART)) {
            found.stream()
                .filter(order -> order.state() instanceof OrderState.Intended)
                .forEach(order -> sendAgain(order));
          }
          // What waited comes before anything new.
          handle(pickUp());
        });
    if (!ended) {
      turnIn(world.between(1, 50));
    }
  }

  private void sendAgain(Order order) {
    send(
        new Effect.SendOrder(
            order.orderId(),
            Wire.addOrder(order.intent()),
            host.clock().plus(with.policy().sendWithin()),
            true));
  }

  private void sendHeld(Step step) {
    for (Recorded recorded : step.facts()) {
      Order order =
          recorded.fact() instanceof ProtectionFact.SellHeld held
              ? state.liveOrders().get(held.orderId())
              : null;
      if (order != null) {
        sendAgain(order);
      }
    }
  }

  void submit(Message message, @Nullable Consumer<@Nullable Object> answer) {
    mailbox.add(new Waiting(message, answer, null));
    turnIn(world.between(0, 15));
  }

  /** A reply: dropped if the term is over, sometimes delivered twice. */
  private void post(Message message) {
    if (dead || ended) {
      return;
    }
    submit(message, null);
    if (!(message instanceof Message.AddOrderFinished) && world.fault(0.03)) {
      world.inMillis(world.between(1, 5_000), () -> post(message));
    }
  }

  private void turnIn(long millis) {
    world.inMillis(millis, () -> host.run(this::turn));
  }

  private void turn() {
    if (dead || ended) {
      return;
    }
    List<Waiting> batch = new ArrayList<>(mailbox);
    mailbox.clear();
    if (world.healed() || world.chance(0.8)) {
      batch.addAll(pickUp());
    }
    guarded(batch, () -> handle(batch));
    if (!dead && !ended && !turnPlanned) {
      turnPlanned = true;
      long pause = world.healed() ? 2_000 : world.between(100, 400);
      world.inMillis(
          pause,
          () -> {
            turnPlanned = false;
            host.run(this::turn);
          });
    }
  }

  /** As {@link Pickup} does it: rows that wait and are not in hand. */
  private List<Waiting> pickUp() {
    List<Waiting> found = new ArrayList<>();
    for (Map.Entry<Long, Message> row : List.copyOf(with.journal().handedOver().entrySet())) {
      if (rowsInHand.add(row.getKey())) {
        Message message =
            row.getValue() instanceof Message.SignalArrived arrived
                ? new Message.SignalArrived(
                    arrived.delivery(), arrived.signal(), host.view(arrived.signal().pair()))
                : row.getValue();
        found.add(new Waiting(message, null, row.getKey()));
        if (with.broken().contains(Breakage.TAKE_ROW_BEFORE_FACTS)) {
          with.journal().handedOver().remove(row.getKey());
        }
      }
    }
    return found;
  }

  /** Ends the term when the journal fails; leaves nothing behind when the process dies. */
  private void guarded(List<Waiting> batch, Runnable work) {
    try {
      work.run();
    } catch (CrashException e) {
      world.note(() -> host.name() + " CRASHES");
      dead = true;
      host.ended(world.between(200, 6_000));
    } catch (SimulatedJournal.CommitInDoubtException e) {
      world.note(() -> host.name() + " gives the account up: " + e.getMessage());
      end(batch);
      host.ended(250);
    }
  }

  private void end(List<Waiting> batch) {
    ended = true;
    gate.end();
    with.journal().release(fencing);
    List<Waiting> all = new ArrayList<>(batch);
    all.addAll(mailbox);
    for (Waiting waiting : all) {
      Consumer<@Nullable Object> answer = waiting.answer();
      Delivery delivery = delivery(waiting);
      if (answer != null && delivery != null) {
        host.handOver(delivery, waiting.message(), answer);
      } else if (answer != null) {
        answer.accept(null);
      }
    }
  }

  private void handle(List<Waiting> batch) {
    Instant now = host.clock();
    List<Step> steps = new ArrayList<>();
    for (Waiting waiting : batch) {
      crashMaybe();
      steps.add(step(waiting, now));
    }
    if (now.isBefore(lastTick) || !now.isBefore(lastTick.plus(TICK))) {
      lastTick = now;
      steps.add(core.step(new Message.Tick(), now));
    }
    boolean early = with.broken().contains(Breakage.SEND_BEFORE_COMMIT);
    if (early) {
      steps.forEach(step -> step.effects().forEach(this::run));
    }
    crashMaybe();
    commit(steps, rows(batch));
    crashMaybe();
    if (with.broken().contains(Breakage.SELL_WITHOUT_ROOM)) {
      steps.forEach(this::sendHeld);
    }
    if (!early) {
      for (Step step : steps) {
        for (Effect effect : step.effects()) {
          run(effect);
          crashMaybe();
        }
      }
    }
    for (int i = 0; i < batch.size(); i++) {
      Consumer<@Nullable Object> answer = batch.get(i).answer();
      if (answer != null) {
        crashMaybe();
        Object value = steps.get(i).answer();
        answer.accept(value == null ? new CommandResult(true, "done") : value);
      }
    }
  }

  /** As {@link Claims} does it: what another host has taken meanwhile is not taken again. */
  private Step step(Waiting waiting, Instant now) {
    Delivery delivery = waiting.row() == null ? delivery(waiting) : null;
    InboxEntry first = delivery == null ? null : with.journal().taken(delivery.deliveryId());
    if (delivery == null || first == null) {
      return core.step(waiting.message(), now);
    }
    if (!first.bodySha256().equals(delivery.bodySha256())) {
      return core.step(new Message.ConflictArrived(delivery, first.signalId()), now);
    }
    Step known = new Step(state);
    known.answer(new Receipt.Duplicate(first.signalId()));
    return known;
  }

  private static @Nullable Delivery delivery(Waiting waiting) {
    return switch (waiting.message()) {
      case Message.SignalArrived arrived -> arrived.delivery();
      case Message.InvalidArrived arrived -> arrived.delivery();
      default -> null;
    };
  }

  private Set<Long> rows(List<Waiting> batch) {
    Set<Long> rows = new HashSet<>();
    for (Waiting waiting : batch) {
      if (waiting.row() != null) {
        rows.add(waiting.row());
      }
    }
    return with.broken().contains(Breakage.TAKE_ROW_BEFORE_FACTS) ? Set.of() : rows;
  }

  private void crashMaybe() {
    if (world.fault(CRASH)) {
      throw new CrashException();
    }
  }

  private void commit(List<Step> steps, Set<Long> rows) {
    List<Fact> facts = new ArrayList<>();
    List<InboxEntry> inbox = new ArrayList<>();
    for (Step step : steps) {
      step.facts().forEach(recorded -> facts.add(recorded.fact()));
      inbox.addAll(step.inbox());
    }
    long before = world.nowMicros();
    if (!facts.isEmpty() || !rows.isEmpty()) {
      with.journal().append(fencing, size, facts, inbox, rows, state.takeTouched());
      size += facts.size();
      core.journalHolds(size);
    } else if (before - renewedMicros < 1_000_000) {
      return;
    } else if (!with.journal().renew(fencing)) {
      throw new SimulatedJournal.CommitInDoubtException("the lease was taken over");
    }
    renewedMicros = before;
    gate.leaseUntil((before + SimulatedJournal.LEASE_MILLIS * 1_000) * 1_000);
  }

  private void amend(Effect.Amend amend) {
    String refusal = gate.changePermit().begin();
    if (refusal != null) {
      CallOutcome notSent = new CallOutcome.NotSent(CallOutcome.Cause.PERMIT_REFUSED, refusal);
      post(
          new Message.AmendFinished(
              amend.orderId(),
              amend.deadline(),
              new Answer.Failure<>(
                  Samples.call(world.id(), "AmendOrder", host.clock(), notSent), refusal, false)));
      return;
    }
    with.exchange()
        .amend(
            amend,
            host::clock,
            answer -> post(new Message.AmendFinished(amend.orderId(), amend.deadline(), answer)));
  }

  private void run(Effect effect) {
    switch (effect) {
      case Effect.SendOrder send when isSlowSell(send) -> askThenSend(send, 3);
      case Effect.SendOrder send -> send(send);
      case Effect.LookUp lookUp ->
          call(
              () ->
                  with.exchange()
                      .lookUp(
                          lookUp.search(),
                          host::clock,
                          found ->
                              post(
                                  new Message.LookedUp(
                                      lookUp.number(), lookUp.orderIds(), found))));
      case Effect.Follow follow ->
          call(
              () ->
                  with.exchange()
                      .follow(
                          follow.txids(),
                          host::clock,
                          answer -> post(new Message.Followed(answer, 100))));
      case Effect.Amend amend when with.broken().contains(Breakage.BELIEVE_CHANGES_UNSEEN) ->
          post(
              new Message.AmendFinished(
                  amend.orderId(),
                  amend.deadline(),
                  new Answer.Success<>(
                      Samples.call(world.id(), "AmendOrder", host.clock(), Samples.reply("{}")),
                      "TAMEND",
                      List.of())));
      case Effect.Amend amend when with.broken().contains(Breakage.LOWER_STOPS) ->
          call(() -> amend(lower(amend)));
      case Effect.Amend amend -> call(() -> amend(amend));
      case Effect.WantPrice want ->
          world.inMillis(
              world.between(1, 200),
              () -> post(new Message.PriceSeen(want.pair(), host.view(want.pair()))));
      case Effect.Cancel cancel ->
          call(
              () ->
                  with.exchange()
                      .cancel(
                          cancel.txid(),
                          host::clock,
                          answer -> post(new Message.CancelFinished(cancel.orderId(), answer))));
      case Effect.ReadBalances read ->
          call(
              () ->
                  with.exchange()
                      .balances(
                          read.quoteAssets(),
                          host::clock,
                          (balances, equity) ->
                              post(new Message.BalancesAnswered(read.asOf(), balances, equity))));
      case Effect.ReadFees read ->
          call(
              () ->
                  with.exchange()
                      .fees(host::clock, answer -> post(new Message.FeesAnswered(answer))));
      case Effect.CancelAllAfter set ->
          throw new IllegalStateException("the simulated lives have no dead man's switch");
      case Effect.CheckKeys check -> call(() -> with.exchange().checkKeys(host::clock, this::post));
      case Effect.WantMarket want -> want(want);
      case Effect.CloseGate close -> {
        if (!with.broken().contains(Breakage.LEAVE_GATE_OPEN)) {
          gate.close(close.reason(), close.entriesOnly(), Duration.ZERO);
        }
      }
      case Effect.OpenGate open -> gate.open();
      case Effect.Notice notice -> world.note(() -> host.name() + " notes " + notice.text());
      case Effect.Alarm alarm -> world.note(() -> host.name() + " ALARM " + alarm.text());
    }
  }

  private static Effect.Amend lower(Effect.Amend amend) {
    return new Effect.Amend(
        amend.orderId(),
        amend.txid(),
        amend.volume(),
        amend.stop().subtract(BigDecimal.ONE),
        amend.deadline());
  }

  private boolean isSlowSell(Effect.SendOrder send) {
    return with.broken().contains(Breakage.ASK_AGAIN_BEFORE_SELLING)
        && send.request().side().equals("sell")
        && !send.request().orderType().equals("stop-loss");
  }

  private void askThenSend(Effect.SendOrder send, int times) {
    List<String> all = with.exchange().book().orders().stream().map(o -> o.txid).toList();
    if (times == 0 || all.isEmpty()) {
      send(send);
    } else {
      with.exchange().follow(all, host::clock, answer -> askThenSend(send, times - 1));
    }
  }

  private void want(Effect.WantMarket want) {
    if (!world.fault(0.15)) {
      world.inMillis(
          world.between(20, 900),
          () -> post(new Message.MarketReady(want.signalId(), host.view(want.pair()))));
    }
  }

  /** A call waits in the client's queue; it goes out unless the process has died meanwhile. */
  private void call(Runnable action) {
    world.inMillis(
        world.fault(0.05) ? world.between(100, 3_000) : world.between(0, 50),
        () ->
            host.run(
                () -> {
                  if (!dead && !ended) {
                    action.run();
                  }
                }));
  }

  private void send(Effect.SendOrder send) {
    boolean leaves =
        with.broken().contains(Breakage.LET_ALL_SELLS_THROUGH)
            ? send.request().side().equals("sell")
            : send.leaves();
    SendPermit permit = gate.permit(leaves, () -> tooLate(send));
    if (with.broken().contains(Breakage.SEND_BEFORE_COMMIT)) {
      beginCall(send, permit);
      return;
    }
    // An order that was handed to the client is not called back: only the gate stops it.
    world.inMillis(
        world.fault(0.1) ? world.between(100, 12_000) : world.between(0, 50),
        () ->
            host.run(
                () -> {
                  if (!dead) {
                    beginCall(send, permit);
                  }
                }));
  }

  private @Nullable String tooLate(Effect.SendOrder send) {
    return host.clock().isAfter(send.beginBefore()) ? "the price is too old by now" : null;
  }

  private void beginCall(Effect.SendOrder send, SendPermit permit) {
    Instant deadline = send.request().deadline();
    boolean near = Duration.between(host.clock(), deadline).compareTo(Duration.ofSeconds(2)) < 0;
    if (near && !with.broken().contains(Breakage.IGNORE_DEADLINE)) {
      notSent(send.orderId(), CallOutcome.Cause.DEADLINE_TOO_NEAR, "too near to " + deadline);
      return;
    }
    String refusal = permit.begin();
    if (refusal != null) {
      notSent(send.orderId(), CallOutcome.Cause.PERMIT_REFUSED, refusal);
      return;
    }
    with.exchange()
        .addOrder(
            send.request(),
            host::clock,
            (call, verdict) -> {
              permit.done();
              boolean again =
                  (with.broken().contains(Breakage.RESEND_ON_TIMEOUT)
                          && call.outcome() instanceof CallOutcome.NoReply)
                      || (with.broken().contains(Breakage.RESEND_ON_INVALID_NONCE)
                          && verdict instanceof AddOrderVerdict.NotPlaced refused
                          && refused.error().equals("EAPI:Invalid nonce"));
              if (again) {
                with.exchange()
                    .addOrder(
                        send.request(),
                        host::clock,
                        (c, v) -> post(new Message.AddOrderFinished(send.orderId(), c, v)));
              } else {
                post(new Message.AddOrderFinished(send.orderId(), call, verdict));
              }
            });
  }

  private void notSent(UUID orderId, CallOutcome.Cause cause, String why) {
    world.note(() -> host.name() + " does not send " + orderId + ": " + why);
    post(
        new Message.AddOrderFinished(
            orderId,
            Samples.call(world.id(), "AddOrder", host.clock(), new CallOutcome.NotSent(cause, why)),
            new AddOrderVerdict.NotPlaced(cause + ": " + why, false)));
  }

  AccountState state() {
    return state;
  }

  boolean mailboxIsEmpty() {
    return mailbox.isEmpty();
  }
}
