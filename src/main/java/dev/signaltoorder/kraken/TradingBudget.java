package dev.signaltoorder.kraken;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A model of Kraken's trading counters: one for each pair of the account, whatever key is used
 * (Kraken documentation, "Spot Trading Limits"). Orders that this process did not place (a
 * person's, another program's, those of before a restart) are not seen; for the last the counters
 * begin full. Pure: the time is passed in. Thread-safe.
 */
final class TradingBudget {

  private static final Duration FORGET_AFTER = Duration.ofMinutes(5);

  private final RestTier tier;
  private final boolean startsFull;
  private final Instant createdAt;
  private final Map<String, DecayingCounter> pairs = new TreeMap<>();
  private final Map<String, Placed> orders = new HashMap<>();

  private record Placed(String pair, Instant since) {}

  /**
   * A cost on one pair's counter.
   *
   * @param pair null if no counter is concerned
   */
  record Charge(@Nullable String pair, int cost) {
    static final Charge NOTHING = new Charge(null, 0);
  }

  /**
   * @param startsFull the counters at Kraken are not known: take the worst
   */
  TradingBudget(RestTier tier, boolean startsFull, Instant createdAt) {
    this.tier = tier;
    this.startsFull = startsFull;
    this.createdAt = createdAt;
  }

  /** What a call would cost now. */
  synchronized Charge charge(Toll toll, Instant now) {
    return switch (toll) {
      case Toll.Free free -> Charge.NOTHING;
      case Toll.CancelAll all -> Charge.NOTHING;
      case Toll.Add add -> new Charge(add.pair(), 1);
      case Toll.Amend amend -> onOrder(amend.order(), now, 1, AMEND);
      case Toll.Cancel cancel -> onOrder(cancel.order(), now, 0, CANCEL);
    };
  }

  private record Step(int belowSeconds, int cost) {}

  private static final Step[] AMEND = {new Step(5, 3), new Step(10, 2), new Step(15, 1)};
  private static final Step[] CANCEL = {
    new Step(5, 8),
    new Step(10, 6),
    new Step(15, 5),
    new Step(45, 4),
    new Step(90, 2),
    new Step(300, 1)
  };

  private Charge onOrder(String id, Instant now, int fixed, Step[] byAge) {
    Placed order = orders.get(id);
    if (order == null) {
      return Charge.NOTHING;
    }
    Duration age = Duration.between(order.since(), now);
    for (Step step : byAge) {
      if (age.compareTo(Duration.ofSeconds(step.belowSeconds())) < 0) {
        return new Charge(order.pair(), fixed + step.cost());
      }
    }
    return new Charge(order.pair(), fixed);
  }

  /** How long a cost on a pair's counter must wait. */
  synchronized Duration waitFor(String pair, int cost, Instant now) {
    return counter(pair).waitFor(cost, now);
  }

  /** A call is about to be sent. */
  synchronized void spend(Toll toll, Charge charge, Instant now) {
    if (charge.pair() != null) {
      counter(charge.pair()).spend(charge.cost(), now);
    }
    if (toll instanceof Toll.CancelAll) {
      // One for each pair concerned (kraken-api-sdk, rate limits); which ones is not known here.
      pairs.values().forEach(counter -> counter.spend(1, now));
    }
  }

  /** A call is over; its fixed part is charged even if it failed. */
  synchronized void over(
      Toll toll, Charge charge, CallOutcome outcome, Instant sentAt, Instant now) {
    if (charge.pair() != null) {
      counter(charge.pair()).over(charge.cost(), sentAt, now);
    }
    switch (Envelope.of(outcome)) {
      case Envelope.Unusable unusable -> remember(toll, null, now);
      case Envelope.Clean clean ->
          remember(toll, clean.result().path("txid").path(0).textValue(), now);
      case Envelope.Errors errors ->
          errors.errors().forEach(error -> refused(KrakenErrors.of(error), charge, now));
    }
  }

  private void refused(KrakenErrors.Row row, Charge charge, Instant now) {
    if (row.pause() != KrakenErrors.Pause.PAIR_COUNTER) {
      return;
    }
    if (row.prefix().startsWith("EOrder:Domain")) {
      pairs.values().forEach(counter -> counter.full(now));
    }
    if (charge.pair() != null) {
      counter(charge.pair()).full(now);
    }
  }

  // The age counts from now, not from when it was sent: younger is dearer.
  private void remember(Toll toll, @Nullable String txid, Instant now) {
    orders.values().removeIf(order -> order.since().plus(FORGET_AFTER).isBefore(now));
    switch (toll) {
      case Toll.Add add -> {
        Placed order = new Placed(add.pair(), now);
        if (!add.clientOrderId().isEmpty()) {
          orders.put(add.clientOrderId(), order);
        }
        if (txid != null) {
          orders.put(txid, order);
        }
      }
      case Toll.Amend amend ->
          orders.computeIfPresent(amend.order(), (id, order) -> new Placed(order.pair(), now));
      case Toll.Cancel cancel -> {}
      case Toll.CancelAll all -> {}
      case Toll.Free free -> {}
    }
  }

  /** Units left by pair, for the pairs that were traded. */
  synchronized Map<String, Integer> left(Instant now) {
    Map<String, Integer> left = new TreeMap<>();
    pairs.forEach((pair, counter) -> left.put(pair, tier.tradingMax() - counter.used(now)));
    return left;
  }

  private DecayingCounter counter(String pair) {
    return pairs.computeIfAbsent(
        pair,
        p ->
            new DecayingCounter(
                tier.tradingMax(),
                tier.tradingDecayMilliPerSecond(),
                startsFull ? tier.tradingMax() : 0,
                createdAt));
  }
}
