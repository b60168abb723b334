package dev.signaltoorder.trading;

import dev.signaltoorder.journal.Uuid7;
import dev.signaltoorder.kraken.AddOrderVerdict;
import dev.signaltoorder.kraken.Answer;
import dev.signaltoorder.kraken.AssetBalance;
import dev.signaltoorder.kraken.CallRecord;
import dev.signaltoorder.kraken.QueriedOrders;
import dev.signaltoorder.risk.RiskEngine;
import dev.signaltoorder.signal.Action;
import dev.signaltoorder.signal.Delivery;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

/** Lives of signals, one after the other, as the core writes them: what benchmarks read again. */
final class MadeUpLives {
  private final Random random = new Random(4711);
  private final Uuid7 ids = new Uuid7(Clock.fixed(Samples.NOW, ZoneOffset.UTC), random);
  private final List<Recorded> pending = new ArrayList<>();
  private final AccountState state = new AccountState();
  private final Duration betweenSignals;
  private final AccountCore core;
  private Instant now = Samples.NOW;

  MadeUpLives(Duration betweenSignals) {
    this.betweenSignals = betweenSignals;
    this.core = new AccountCore(state, new RiskEngine(), CorePolicy.standard(), ids, now);
    keep(
        core.begin(
            new Fact.LoopStarted(UUID.randomUUID(), 1, "paper", "test"),
            Samples.ruleSet(Samples.generousRules("IOC"))));
    keep(core.step(keysChecked(), now));
  }

  /** The facts since the caller last cleared this list. */
  List<Recorded> pending() {
    return pending;
  }

  AccountState state() {
    return state;
  }

  Instant now() {
    return now;
  }

  private void keep(Step step) {
    pending.addAll(step.facts());
  }

  /** A signal, its decision, its order, its fill; balances before and after. */
  void live() {
    now = now.plus(betweenSignals);
    for (int i = 0; i < 2; i++) {
      keep(core.step(balances(), now));
    }
    UUID signalId = ids.get();
    Delivery delivery = Samples.delivery(signalId, "msg-" + signalId, "body of " + signalId, now);
    Action action = random.nextInt(3) == 0 ? Action.SELL : Action.BUY;
    Step arrived =
        core.step(
            new Message.SignalArrived(
                delivery,
                Samples.signal(action, "breakout", "BTC/USD", "20", now),
                Samples.market(Samples.BTC, now, ids.get())),
            now);
    keep(arrived);
    for (Effect effect : arrived.effects()) {
      if (effect instanceof Effect.SendOrder send) {
        filled(send);
      }
    }
  }

  private void filled(Effect.SendOrder send) {
    String txid = "O" + send.orderId();
    keep(
        core.step(
            new Message.AddOrderFinished(
                send.orderId(), call("AddOrder"), new AddOrderVerdict.Placed(txid)),
            now));
    keep(
        core.step(
            new Message.Followed(
                new Answer.Success<>(
                    call("QueryOrders"),
                    new QueriedOrders(
                        Map.of(
                            txid,
                            Samples.info(
                                txid,
                                send.request().clientOrderId(),
                                "closed",
                                send.request().volume(),
                                String.valueOf(send.request().price()))),
                        Map.of()),
                    List.of()),
                100),
            now));
  }

  private CallRecord call(String endpoint) {
    return Samples.call(ids.get(), endpoint, now, Samples.reply("{\"error\":[],\"result\":{}}"));
  }

  private Message balances() {
    AssetBalance much = new AssetBalance(new BigDecimal("1000000"), BigDecimal.ZERO);
    return new Message.BalancesAnswered(
        state.factCount(),
        new Answer.Success<>(call("BalanceEx"), Map.of("ZUSD", much, "XXBT", much), List.of()),
        Map.of(
            "ZUSD",
            new Answer.Success<>(call("TradeBalance"), new BigDecimal("1000000"), List.of())));
  }

  private Message keysChecked() {
    return new Message.KeyCheckFinished(
        List.of(call("GetApiKeyInfo")), true, "abcdef012345", List.of(), List.of(), false);
  }
}
