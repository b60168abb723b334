package dev.signaltoorder.trading;

import dev.signaltoorder.journal.InboxEntry;
import dev.signaltoorder.market.PairRules;
import dev.signaltoorder.risk.RiskEngine;
import dev.signaltoorder.risk.RuleSet;
import dev.signaltoorder.signal.Delivery;
import dev.signaltoorder.signal.Receipt;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A machine that wants to run the account: takes the lease when it is free, serves, dies, stalls,
 * has a clock of its own that can be stepped.
 */
final class SimulatedHost {
  /** Times as in production; everything a term is made of. */
  record Equipment(
      World world,
      Set<Breakage> broken,
      SimulatedJournal journal,
      SimulatedExchange exchange,
      RiskEngine engine,
      RuleSet rules,
      CorePolicy policy) {}

  private final String name;
  private final Equipment equipment;
  private final World world;
  private @Nullable SimulatedTerm serving;
  private long skewMicros;
  private long stalledUntilMicros;

  SimulatedHost(String name, Equipment equipment) {
    this.name = name;
    this.equipment = equipment;
    this.world = equipment.world();
  }

  String name() {
    return name;
  }

  Instant clock() {
    return world.now().plusNanos(skewMicros * 1_000);
  }

  void stepClock(long seconds) {
    world.note(() -> name + " clock is now " + seconds + " s off");
    skewMicros = seconds * 1_000_000;
  }

  /** Nothing of this machine runs for a while; then all of it goes on as if nothing had been. */
  void stall(long millis) {
    world.note(() -> name + " stalls for " + millis + " ms");
    stalledUntilMicros = world.nowMicros() + millis * 1_000;
  }

  /** Runs it now, or when the machine is awake again. */
  void run(Runnable action) {
    if (world.nowMicros() < stalledUntilMicros) {
      world.inMillis((stalledUntilMicros - world.nowMicros()) / 1_000 + 1, () -> run(action));
    } else {
      action.run();
    }
  }

  void start() {
    run(
        () -> {
          if (serving != null) {
            return;
          }
          try {
            OptionalLong fencing = equipment.journal().takeLease();
            if (fencing.isPresent()) {
              SimulatedTerm term = new SimulatedTerm(this, equipment, fencing.getAsLong());
              serving = term;
              term.begin();
              return;
            }
          } catch (SimulatedJournal.CommitInDoubtException e) {
            serving = null;
          }
          world.inMillis(world.between(250, 600), this::start);
        });
  }

  /** The term is over; the machine tries again. */
  void ended(long restartMillis) {
    serving = null;
    world.inMillis(restartMillis, this::start);
  }

  @Nullable SimulatedTerm serving() {
    return serving;
  }

  /** What this machine knows of a pair's market: fresh, old, or nothing. */
  MarketView view(String symbol) {
    PairRules pair = symbol.startsWith("ETH") ? Samples.ETH : Samples.BTC;
    if (world.fault(0.15)) {
      return Samples.marketWithoutPrice(pair);
    }
    long age = world.fault(0.15) ? world.between(2_000, 20_000) : world.between(0, 1_500);
    BigDecimal bid = equipment.exchange().book().bid(pair.altname());
    MarketView view =
        Samples.market(
            pair, clock().minusMillis(age), world.id(), equipment.exchange().status(), bid);
    // Thin at some prices, so that it costs no chance: other lives stay as they are.
    boolean thin = !world.healed() && bid.unscaledValue().longValue() % 7 == 0;
    return thin ? Samples.thin(view, BigDecimal.TEN) : view;
  }

  /** As {@link Accounts} does it: to the loop if this machine leads, else to whoever does. */
  void deliver(Delivery delivery, Message message, Consumer<@Nullable Object> answer) {
    run(
        () -> {
          SimulatedTerm term = serving;
          if (term == null) {
            handOver(delivery, message, answer);
            return;
          }
          boolean early = equipment.broken().contains(Breakage.ANSWER_BEFORE_COMMIT);
          if (early && equipment.journal().taken(delivery.deliveryId()) == null) {
            answer.accept(new Receipt.Accepted(delivery.signalId()));
          }
          term.submit(message, answer);
        });
  }

  /** Left in the journal's database for the leader. */
  void handOver(Delivery delivery, Message message, Consumer<@Nullable Object> answer) {
    try {
      InboxEntry first = equipment.journal().handOver(delivery, message);
      if (first == null) {
        answer.accept(new Receipt.Accepted(delivery.signalId()));
      } else if (first.bodySha256().equals(delivery.bodySha256())) {
        answer.accept(new Receipt.Duplicate(first.signalId()));
      } else {
        answer.accept(new Receipt.Conflict(first.signalId()));
      }
    } catch (SimulatedJournal.CommitInDoubtException e) {
      answer.accept(null);
    }
  }

  /** A request whose caller has gone is not begun. */
  void command(Message command, BooleanSupplier stillWanted, Consumer<@Nullable Object> answer) {
    run(
        () -> {
          if (serving == null || !stillWanted.getAsBoolean()) {
            answer.accept(null);
          } else {
            serving.submit(command, answer);
          }
        });
  }

  /** Facts of a journal, for a rebuild. */
  static List<Fact> facts(SimulatedJournal journal) {
    List<Fact> facts = new ArrayList<>();
    journal.facts().forEach(committed -> facts.add(committed.fact()));
    return facts;
  }
}
