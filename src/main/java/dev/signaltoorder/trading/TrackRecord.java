package dev.signaltoorder.trading;

import dev.signaltoorder.market.MarketSnapshot;
import dev.signaltoorder.signal.Signal;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** How senders, Kraken and the account have behaved so far: what rules about conduct look at. */
final class TrackRecord {
  /** The error rate is taken of so many orders. */
  static final int ORDERS_RATED = 20;

  private final Map<Sender, Long> highestSequence = new HashMap<>();
  private final Map<UUID, Long> sequenceBefore = new HashMap<>();
  private final Deque<Boolean> failures = new ArrayDeque<>();
  private final Senders senders = new Senders();
  private final Entries entries = new Entries();
  private final Prices prices = new Prices();
  private final Results results = new Results();
  private final CrossedLimits crossedLimits = new CrossedLimits();
  private @Nullable Instant lastApproval;
  private @Nullable Instant resumedAfter;
  private Instant lastTime = Instant.EPOCH;

  /** Everything, as values. {@code failures}: of the latest orders, oldest first. */
  record Image(
      List<Highest> highestSequence,
      Map<UUID, Long> sequenceBefore,
      List<Boolean> failures,
      Senders.Image senders,
      List<Entries.Image> entries,
      List<Prices.Image> prices,
      Results.Image results,
      List<CrossedLimits.Image> crossedLimits,
      @Nullable Instant lastApproval,
      @Nullable Instant resumedAfter,
      Instant lastTime) {}

  /** A sender's highest number. */
  record Highest(Sender sender, long number) {}

  record Sender(String source, String strategy) {}

  /** Folds one more fact in; what it does to an order comes with {@link #orderChanged}. */
  void apply(Fact fact) {
    switch (fact) {
      case Fact.SignalReceived received -> received(received);
      case Fact.SignalDecided decided -> {
        sequenceBefore.remove(decided.signalId());
        MarketSnapshot snapshot = decided.input().snapshot();
        if (snapshot != null) {
          prices.seen(snapshot.pair(), snapshot.takenAt(), snapshot.mid());
        }
      }
      case Fact.OrderIntended intended -> {
        if (intended.intent().protective() == null) {
          lastApproval = intended.intent().approvedAt();
        }
        entries.approved(intended.orderId(), intended.intent());
      }
      case ConductFact.SourceSilent silent -> senders.fellSilent(silent.source());
      case Fact.KrakenCalled called -> lastTime = called.finishedAt();
      case Fact.TradingResumed resumed -> {
        resumedAfter = lastApproval;
        failures.clear();
        results.resumed(prices::last);
        crossedLimits.clear();
      }
      case Fact.RulesActivated activated -> crossedLimits.clear();
      case ConductFact.PositionsMarked marked ->
          marked.marks().forEach(mark -> prices.seen(mark.pair(), mark.takenAt(), mark.mid()));
      case ConductFact.LossLimitCrossed crossed -> crossedLimits.crossed(crossed);
      default -> {
        // Nothing that a rule about conduct looks at.
      }
    }
  }

  private void received(Fact.SignalReceived received) {
    lastTime = received.receivedAt();
    senders.sent(received.source(), received.receivedAt());
    Signal signal = received.signal();
    Sender sender = new Sender(signal.source(), signal.strategy());
    Long highest = highestSequence.get(sender);
    if (highest != null) {
      sequenceBefore.put(received.signalId(), highest);
    }
    Long number = signal.sequence();
    if (number != null) {
      // A count of 0 or 1 begins anew: a sender that was set up again must not be shut out.
      boolean anew = number == 0 || number == 1;
      highestSequence.merge(sender, number, (before, now) -> anew ? now : Math.max(before, now));
    }
  }

  /** An order moved from one state to the next. */
  void orderChanged(Order before, Order after) {
    if (before.state() instanceof OrderState.Intended) {
      switch (after.state()) {
        case OrderState.Open placed -> rate(false);
        case OrderState.Refused refused -> rate(true);
        case OrderState.InDoubt doubt -> rate(true);
        default -> {
          // Never sent: that says nothing of Kraken.
        }
      }
    }
    entries.orderChanged(before, after);
    results.orderChanged(before, after, lastTime);
  }

  private void rate(boolean failed) {
    failures.addLast(failed);
    if (failures.size() > ORDERS_RATED) {
      failures.removeFirst();
    }
  }

  /** Highest sequence number of the signal's sender before it; null when there was none. */
  @Nullable Long sequenceBefore(UUID signalId) {
    return sequenceBefore.get(signalId);
  }

  /** How many of the last 20 orders were refused or in doubt, since the last resume. */
  int recentFailures() {
    return (int) failures.stream().filter(failed -> failed).count();
  }

  /** When the last order before the last resume was approved; null when there is none. */
  @Nullable Instant resumedAfter() {
    return resumedAfter;
  }

  Image image() {
    return new Image(
        highestSequence.entrySet().stream()
            .map(entry -> new Highest(entry.getKey(), entry.getValue()))
            .sorted(
                Comparator.comparing((Highest highest) -> highest.sender().source())
                    .thenComparing(highest -> highest.sender().strategy()))
            .toList(),
        new TreeMap<>(sequenceBefore),
        List.copyOf(failures),
        senders.image(),
        entries.image(),
        prices.image(),
        results.image(),
        crossedLimits.image(),
        lastApproval,
        resumedAfter,
        lastTime);
  }

  void restore(Image image) {
    image.highestSequence().forEach(one -> highestSequence.put(one.sender(), one.number()));
    sequenceBefore.putAll(image.sequenceBefore());
    failures.addAll(image.failures());
    senders.restore(image.senders());
    entries.restore(image.entries());
    prices.restore(image.prices());
    results.restore(image.results());
    crossedLimits.restore(image.crossedLimits());
    lastApproval = image.lastApproval();
    resumedAfter = image.resumedAfter();
    lastTime = image.lastTime();
  }

  Senders senders() {
    return senders;
  }

  Entries entries() {
    return entries;
  }

  Prices prices() {
    return prices;
  }

  Results results() {
    return results;
  }

  CrossedLimits crossedLimits() {
    return crossedLimits;
  }
}
