package dev.signaltoorder.trading;

import dev.signaltoorder.market.MarketSnapshot;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;

/** What the market must be like: price, spread, depth, its age and the signal's, and its moves. */
@NullUnmarked // a null where none is expected fails the test, which is what it is for
final class LimitsOfMarket implements LimitsBook {
  /** About one price a minute is remembered, for 20 minutes. */
  private static final Duration SPACING = Duration.ofSeconds(60);

  private static final Duration REMEMBERED = Duration.ofMinutes(20);

  private final LimitsRules rules;
  private final Map<String, List<Price>> seen = new HashMap<>();

  private record Price(Instant at, BigDecimal mid) {}

  LimitsOfMarket(LimitsRules rules) {
    this.rules = rules;
  }

  @Override
  public void see(Fact fact) {
    switch (fact) {
      case Fact.SignalDecided decided when decided.input().snapshot() != null -> {
        MarketSnapshot market = decided.input().snapshot();
        price(market.pair(), market.takenAt(), market.mid());
      }
      case ConductFact.PositionsMarked marked ->
          marked.marks().forEach(mark -> price(mark.pair(), mark.takenAt(), mark.mid()));
      default -> {
        // Nothing about the market.
      }
    }
  }

  private void price(String pair, Instant at, BigDecimal mid) {
    List<Price> prices = seen.computeIfAbsent(pair, p -> new ArrayList<>());
    if (prices.isEmpty() || !at.isBefore(prices.getLast().at().plus(SPACING))) {
      prices.add(new Price(at, mid));
    }
  }

  @Override
  public void judge(LimitsCase order) {
    MarketSnapshot market = order.market();
    BigDecimal mid = market.mid();
    BigDecimal price = order.plan().referencePrice();
    order.most("price-collar", "limit", percent("price-collar", order), distance(price, mid));
    if (!order.exit()) {
      BigDecimal spread = market.ask().subtract(market.bid());
      order.most("spread", "limit", percent("spread", order), spread.movePointRight(2));
      BigDecimal book = order.buys() ? market.askDepth() : market.bidDepth();
      BigDecimal needed = order.value().multiply(rules.number("depth", "multiple"));
      order.most("depth", "multiple", book, needed);
      move(order, mid);
    }
    Instant expiresAt = order.signal().expiresAt();
    boolean expired = expiresAt != null && order.now().isAfter(expiresAt);
    order.never("stale-signal", "expiry", expired, "expired at " + expiresAt);
    age("stale-signal", order.signal().eventTime(), order);
    age("stale-price", market.takenAt(), order);
  }

  /** So many percent of mid, as an amount times 100. */
  private BigDecimal percent(String rule, LimitsCase order) {
    return rules.ofPair(rule, "limit", order.pair()).multiply(order.market().mid());
  }

  /** Times 100. */
  private static BigDecimal distance(BigDecimal one, BigDecimal other) {
    return one.subtract(other).abs().movePointRight(2);
  }

  private void age(String rule, Instant from, LimitsCase order) {
    Instant oldest = order.now().minus(rules.seconds(rule, "max-age"));
    Instant latest = order.now().plus(rules.seconds(rule, "max-future"));
    order.never(rule, "max-age", from.isBefore(oldest), from + " at " + order.now());
    order.never(rule, "max-future", from.isAfter(latest), from + " at " + order.now());
  }

  /** Against all prices in the window, and the one with which it began. */
  private void move(LimitsCase order, BigDecimal mid) {
    Instant start = order.now().minus(rules.seconds("price-move", "window"));
    List<Price> judged = new ArrayList<>();
    for (Price price : seen.getOrDefault(order.pair(), List.of())) {
      if (!price.at().isAfter(start)) {
        judged.clear();
      }
      if (!price.at().isBefore(order.now().minus(REMEMBERED))) {
        judged.add(price);
      }
    }
    for (Price price : judged) {
      BigDecimal limit = rules.number("price-move", "limit").multiply(price.mid());
      order.most("price-move", "limit", limit, distance(mid, price.mid()));
    }
  }
}
