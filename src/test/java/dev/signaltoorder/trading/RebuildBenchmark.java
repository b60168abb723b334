package dev.signaltoorder.trading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signaltoorder.journal.Batch;
import dev.signaltoorder.journal.FactReader;
import dev.signaltoorder.journal.Journal;
import dev.signaltoorder.journal.JournalEntry;
import dev.signaltoorder.journal.Lease;
import dev.signaltoorder.journal.StateSnapshots;
import dev.signaltoorder.journal.Uuid7;
import dev.signaltoorder.kraken.AddOrderVerdict;
import dev.signaltoorder.kraken.Answer;
import dev.signaltoorder.kraken.AssetBalance;
import dev.signaltoorder.kraken.CallRecord;
import dev.signaltoorder.risk.RiskEngine;
import dev.signaltoorder.signal.Action;
import dev.signaltoorder.signal.Delivery;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * How long a start takes: fills a journal with what the core really writes, then rebuilds from all
 * facts, and from a saved state and the facts after it. Run by {@code -Drebuild.facts=1000000}.
 */
class RebuildBenchmark {
  private static final String MAIN = "main";
  private static final int BATCH = 500;
  private static final int AFTER_THE_STATE = 10_000;
  private static final Duration BETWEEN_SIGNALS = Duration.ofMinutes(4);
  private static final int ROUNDS = 3;

  private final Random random = new Random(4711);
  private final Uuid7 ids = new Uuid7(Clock.fixed(Samples.NOW, ZoneOffset.UTC), random);
  private final List<Recorded> pending = new ArrayList<>();
  private final AccountState state = new AccountState();
  private Instant now = Samples.NOW;

  @Test
  void rebuildsAJournal() {
    Long facts = Long.getLong("rebuild.facts");
    Assumptions.assumeTrue(facts != null, "-Drebuild.facts=<n> measures a rebuild of n facts");
    try (ReplicaHouse house = new ReplicaHouse(MAIN)) {
      Lease lease = fill(house, facts);
      house.run("analyze journal");
      System.out.printf(
          "rebuild: %d facts, %d MB of canonical bytes%n",
          lease.journalSize(),
          house.number("select sum(length(canonical)) / 1000000 from journal"));
      for (int i = 0; i < ROUNDS; i++) {
        measure("all facts", house, "another version", lease);
        measure("saved state and the rest", house, "test", lease);
      }
    }
  }

  private static void measure(String what, ReplicaHouse house, String program, Lease lease) {
    long before = System.nanoTime();
    Rebuild.Result result =
        new Rebuild(new FactReader(house.runtime()), new StateSnapshots(house.runtime()), program)
            .run(lease, () -> {});
    long ms = (System.nanoTime() - before) / 1_000_000;
    Runtime runtime = Runtime.getRuntime();
    System.out.printf(
        "rebuild: %s: %d ms (%d facts read, heap %d MB)%n",
        what,
        ms,
        result.size() - result.savedAt(),
        (runtime.totalMemory() - runtime.freeMemory()) / 1_000_000);
    assertThat(result.size()).isEqualTo(lease.journalSize());
  }

  /** Lives of signals, one after the other, as the core writes them. */
  private Lease fill(ReplicaHouse house, long facts) {
    Journal journal = new Journal(house.runtime());
    Duration longLease = Duration.ofMinutes(30);
    Lease lease = journal.takeLease(MAIN, UUID.randomUUID(), longLease).orElseThrow();
    FactCodec codec = new FactCodec();
    AccountCore core = new AccountCore(state, new RiskEngine(), CorePolicy.standard(), ids, now);
    keep(
        core.begin(
            new Fact.LoopStarted(UUID.randomUUID(), 1, "paper", "test"),
            Samples.ruleSet(Samples.generousRules("IOC"))));
    keep(core.step(keysChecked(), now));
    long size = 0;
    boolean saved = false;
    while (size < facts) {
      while (pending.size() < BATCH) {
        live(core);
      }
      List<JournalEntry> entries = new ArrayList<>();
      pending.forEach(recorded -> entries.add(codec.encode(recorded)));
      pending.clear();
      journal.append(lease, size, new Batch(now, entries, state.takeTouched()), longLease);
      size += entries.size();
      if (!saved && size >= facts - AFTER_THE_STATE) {
        saved = true;
        save(house, size);
      }
    }
    return new Lease(MAIN, lease.holder(), lease.fencing(), size);
  }

  private void save(ReplicaHouse house, long size) {
    StateCodec codec = new StateCodec();
    long before = System.nanoTime();
    StateImage image = StateImage.of(state);
    long copied = System.nanoTime();
    byte[] bytes = codec.encode(image);
    String sha256 = StateCodec.sha256(bytes);
    System.out.printf(
        "rebuild: the state is %d kB; the loop copied for %d us, another thread needs %d ms%n",
        bytes.length / 1_000, (copied - before) / 1_000, (System.nanoTime() - copied) / 1_000_000);
    String version = StateCodec.version("test");
    new StateSnapshots(house.runtime())
        .save(
            MAIN, new StateSnapshots.Saved(size, version, HexFormat.of().parseHex(sha256), bytes));
    Step step = new Step(state);
    step.record(new Fact.StateSaved(size, version, sha256));
    keep(step);
  }

  private void keep(Step step) {
    pending.addAll(step.facts());
  }

  /** A signal, its decision, its order, its fill; balances before and after. */
  private void live(AccountCore core) {
    now = now.plus(BETWEEN_SIGNALS);
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
        filled(core, send);
      }
    }
  }

  private void filled(AccountCore core, Effect.SendOrder send) {
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
                    Map.of(
                        txid,
                        Samples.info(
                            txid,
                            send.request().clientOrderId(),
                            "closed",
                            send.request().volume(),
                            String.valueOf(send.request().price()))),
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
