package dev.signaltoorder.trading;

import dev.signaltoorder.accounting.Lot.Sale;
import dev.signaltoorder.risk.Side;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What trading has earned and lost, in quote assets, at average cost with fees. What is sold beyond
 * what was bought here has no cost that is known: it counts as no result, but for its fee.
 */
final class Results {
  private static final int REMEMBERED_DAYS = 400;

  private final Map<Holder, Lot> lots = new HashMap<>();
  private final Map<String, BigDecimal> realised = new HashMap<>();
  private final Map<String, BigDecimal> highest = new HashMap<>();
  private final NavigableMap<LocalDate, Map<String, BigDecimal>> byDay = new TreeMap<>();
  private final Map<UUID, BigDecimal> openSells = new HashMap<>();
  private final Map<String, Streak> streaks = new HashMap<>();
  private final NavigableMap<String, String> quotes = new TreeMap<>();

  /** Everything, as values. {@code quotes}: how pairs name a quote asset. */
  record Image(
      List<Held> lots,
      Map<String, BigDecimal> realised,
      Map<String, BigDecimal> highest,
      NavigableMap<LocalDate, Map<String, BigDecimal>> byDay,
      Map<UUID, BigDecimal> openSells,
      Map<String, Streak> streaks,
      NavigableMap<String, String> quotes) {}

  /** A lot and whose it is. */
  record Held(String pair, String strategy, Lot lot) {}

  private record Holder(String pair, String strategy) {}

  /**
   * @param cost of all that is held, fees included, quote units
   */
  record Lot(String quoteAsset, BigDecimal held, BigDecimal cost) {

    private dev.signaltoorder.accounting.Lot counted() {
      return new dev.signaltoorder.accounting.Lot(held, cost);
    }

    private Lot now(dev.signaltoorder.accounting.Lot lot) {
      return new Lot(quoteAsset, lot.volume(), lot.cost());
    }
  }

  record Streak(int losses, @Nullable Instant lostAt) {}

  Image image() {
    NavigableMap<LocalDate, Map<String, BigDecimal>> days = new TreeMap<>();
    byDay.forEach((day, byAsset) -> days.put(day, new TreeMap<>(byAsset)));
    return new Image(
        lots.entrySet().stream()
            .map(one -> new Held(one.getKey().pair(), one.getKey().strategy(), one.getValue()))
            .sorted(Comparator.comparing(Held::pair).thenComparing(Held::strategy))
            .toList(),
        new TreeMap<>(realised),
        new TreeMap<>(highest),
        days,
        new TreeMap<>(openSells),
        new TreeMap<>(streaks),
        new TreeMap<>(quotes));
  }

  void restore(Image image) {
    image.lots().forEach(one -> lots.put(new Holder(one.pair(), one.strategy()), one.lot()));
    realised.putAll(image.realised());
    highest.putAll(image.highest());
    image.byDay().forEach((day, byAsset) -> byDay.put(day, new HashMap<>(byAsset)));
    openSells.putAll(image.openSells());
    streaks.putAll(image.streaks());
    quotes.putAll(image.quotes());
  }

  void orderChanged(Order before, Order after, Instant at) {
    Execution was = before.execution();
    Execution is = after.execution();
    BigDecimal volume = is.volume().subtract(was.volume());
    BigDecimal cost = is.cost().subtract(was.cost());
    BigDecimal fee = is.fee().subtract(was.fee());
    OrderIntent intent = after.intent();
    if (volume.signum() != 0 || cost.signum() != 0 || fee.signum() != 0) {
      quotes.putIfAbsent(intent.quoteAsset(), quoteOf(intent.plan().pair()));
      if (intent.plan().side() == Side.BUY) {
        bought(intent, volume, cost.add(fee));
      } else {
        BigDecimal result = sold(intent, volume, cost).subtract(fee);
        realise(intent.quoteAsset(), result, at);
        openSells.merge(after.orderId(), result, BigDecimal::add);
      }
    }
    if (after.state().isFinal()) {
      BigDecimal result = openSells.remove(after.orderId());
      if (result != null) {
        streak(intent.plan().pair(), result, at);
      }
    }
  }

  private void bought(OrderIntent intent, BigDecimal volume, BigDecimal cost) {
    Holder holder = new Holder(intent.plan().pair(), intent.strategy());
    Lot lot =
        lots.getOrDefault(holder, new Lot(intent.quoteAsset(), BigDecimal.ZERO, BigDecimal.ZERO));
    lots.put(holder, lot.now(lot.counted().with(volume, cost)));
  }

  /** The result before fees. */
  private BigDecimal sold(OrderIntent intent, BigDecimal volume, BigDecimal proceeds) {
    Holder holder = new Holder(intent.plan().pair(), intent.strategy());
    Lot lot = lots.get(holder);
    if (lot == null) {
      return BigDecimal.ZERO;
    }
    Sale sale = lot.counted().sell(volume, proceeds);
    if (sale.left().isNothing()) {
      lots.remove(holder);
    } else {
      lots.put(holder, lot.now(sale.left()));
    }
    return sale.result();
  }

  private void realise(String quoteAsset, BigDecimal result, Instant at) {
    BigDecimal sum = realised.merge(quoteAsset, result, BigDecimal::add);
    // Zero is where it begins; after a resume the mark may lie below that, and must not jump back.
    highest.put(quoteAsset, highest.getOrDefault(quoteAsset, BigDecimal.ZERO).max(sum));
    byDay
        .computeIfAbsent(LocalDate.ofInstant(at, ZoneOffset.UTC), day -> new HashMap<>())
        .merge(quoteAsset, result, BigDecimal::add);
    while (byDay.size() > REMEMBERED_DAYS) {
      byDay.pollFirstEntry();
    }
  }

  private void streak(String pair, BigDecimal result, Instant at) {
    if (result.signum() < 0) {
      Streak before = streaks.getOrDefault(pair, new Streak(0, null));
      streaks.put(pair, new Streak(before.losses() + 1, at));
    } else if (result.signum() > 0) {
      streaks.remove(pair);
    }
  }

  /** A person has seen the losses so far: the drawdown is measured from here on. */
  void resumed(Function<String, @Nullable BigDecimal> mids) {
    for (Map.Entry<String, BigDecimal> entry : realised.entrySet()) {
      highest.put(entry.getKey(), entry.getValue().add(openLoss(entry.getKey(), mids)));
    }
    lots.values().stream()
        .map(Lot::quoteAsset)
        .filter(quote -> !realised.containsKey(quote))
        .forEach(quote -> highest.put(quote, openLoss(quote, mids)));
  }

  /**
   * Realised on the UTC day of {@code now}, less what open positions stand below their cost.
   *
   * @param mids the last mid price of a pair, or null
   */
  BigDecimal ofDay(String quoteAsset, Instant now, Function<String, @Nullable BigDecimal> mids) {
    return realisedOn(now, quoteAsset).add(openLoss(quoteAsset, mids));
  }

  /** The same; what has no price is left out: the result is at most this. */
  BigDecimal certainOfDay(
      String quoteAsset, Instant now, Function<String, @Nullable BigDecimal> mids) {
    return realisedOn(now, quoteAsset).add(certainOpenLoss(quoteAsset, mids));
  }

  private BigDecimal realisedOn(Instant now, String quoteAsset) {
    return byDay
        .getOrDefault(LocalDate.ofInstant(now, ZoneOffset.UTC), Map.of())
        .getOrDefault(quoteAsset, BigDecimal.ZERO);
  }

  /** How far the result lies below its highest mark; zero or more. */
  BigDecimal drawdown(String quoteAsset, Function<String, @Nullable BigDecimal> mids) {
    return belowHighest(quoteAsset, openLoss(quoteAsset, mids));
  }

  /** The same; what has no price is left out: the distance is at least this. */
  BigDecimal certainDrawdown(String quoteAsset, Function<String, @Nullable BigDecimal> mids) {
    return belowHighest(quoteAsset, certainOpenLoss(quoteAsset, mids));
  }

  private BigDecimal belowHighest(String quoteAsset, BigDecimal openLoss) {
    BigDecimal result = realised.getOrDefault(quoteAsset, BigDecimal.ZERO).add(openLoss);
    return highest.getOrDefault(quoteAsset, BigDecimal.ZERO).subtract(result).max(BigDecimal.ZERO);
  }

  /** Zero or less. A position without a known price stands at nothing: the worst case. */
  private BigDecimal openLoss(String quoteAsset, Function<String, @Nullable BigDecimal> mids) {
    BigDecimal sum = BigDecimal.ZERO;
    for (Map.Entry<Holder, Lot> entry : lots.entrySet()) {
      Lot lot = entry.getValue();
      if (lot.quoteAsset().equals(quoteAsset)) {
        BigDecimal mid = mids.apply(entry.getKey().pair());
        BigDecimal value = mid == null ? BigDecimal.ZERO : lot.held().multiply(mid);
        sum = sum.add(value.subtract(lot.cost()).min(BigDecimal.ZERO));
      }
    }
    return sum;
  }

  /**
   * The same of the positions whose price is known: at least this much stands below its cost,
   * whatever the others are worth.
   */
  private BigDecimal certainOpenLoss(
      String quoteAsset, Function<String, @Nullable BigDecimal> mids) {
    BigDecimal sum = BigDecimal.ZERO;
    for (Map.Entry<Holder, Lot> entry : lots.entrySet()) {
      Lot lot = entry.getValue();
      BigDecimal mid = mids.apply(entry.getKey().pair());
      if (lot.quoteAsset().equals(quoteAsset) && mid != null) {
        sum = sum.add(lot.held().multiply(mid).subtract(lot.cost()).min(BigDecimal.ZERO));
      }
    }
    return sum;
  }

  /**
   * What a strategy holds in a pair, and its cost; null when it holds nothing that was bought here.
   */
  @Nullable Lot lot(String pair, String strategy) {
    Lot lot = lots.get(new Holder(pair, strategy));
    return lot == null || lot.held().signum() <= 0 ? null : lot;
  }

  /** How pairs name the quote assets that something was executed in, by their ids. */
  NavigableMap<String, String> quotes() {
    return Collections.unmodifiableNavigableMap(quotes);
  }

  /** Pairs that something is held in, by the quote asset's id. */
  NavigableSet<String> heldPairs(String quoteAsset) {
    NavigableSet<String> pairs = new TreeSet<>();
    lots.forEach(
        (holder, lot) -> {
          if (lot.quoteAsset().equals(quoteAsset)) {
            pairs.add(holder.pair());
          }
        });
    return pairs;
  }

  /** Pairs whose last sells ended with a loss. */
  NavigableSet<String> losingPairs() {
    return new TreeSet<>(streaks.keySet());
  }

  private static String quoteOf(String pair) {
    return pair.substring(pair.indexOf('/') + 1);
  }

  /** Sells in a row that ended with a loss. */
  int losses(String pair) {
    Streak streak = streaks.get(pair);
    return streak == null ? 0 : streak.losses();
  }

  /** When the last of them ended; null when there is none. */
  @Nullable Instant lostAt(String pair) {
    Streak streak = streaks.get(pair);
    return streak == null ? null : streak.lostAt();
  }
}
