package dev.signaltoorder.report;

import dev.signaltoorder.accounting.Lot;
import dev.signaltoorder.accounting.Lot.Sale;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Folds fills, in the order of the journal, into what was earned: at average cost with fees, per
 * account, strategy and pair, as the loss limits count it. Fills before the time in question make
 * the cost of what is held; only those within it count.
 */
final class FillResults {
  private final @Nullable Instant from;
  private final Map<Holder, Held> lots = new HashMap<>();
  private final Map<String, Map<String, Sums>> byGroup = new HashMap<>();
  private final NavigableMap<LocalDate, Map<String, BigDecimal>> byDay = new TreeMap<>();

  /**
   * One fill.
   *
   * @param group of the order's signal
   * @param volume base units
   * @param cost quote units, without the fee
   */
  record Fill(
      String group,
      String account,
      String strategy,
      String pair,
      boolean buy,
      Instant at,
      BigDecimal volume,
      BigDecimal cost,
      BigDecimal fee) {

    String quote() {
      return pair.substring(pair.indexOf('/') + 1);
    }
  }

  private record Holder(String account, String strategy, String pair) {}

  private record Held(String group, String quote, Lot lot) {}

  /** Of one group and quote asset. */
  static final class Sums {
    BigDecimal bought = BigDecimal.ZERO;
    BigDecimal sold = BigDecimal.ZERO;
    BigDecimal fees = BigDecimal.ZERO;
    BigDecimal realised = BigDecimal.ZERO;
    BigDecimal held = BigDecimal.ZERO;

    /** Null once the worth of something held is not known. */
    @Nullable BigDecimal open = BigDecimal.ZERO;
  }

  /**
   * @param from fills before it do not count, null: all count
   */
  FillResults(@Nullable Instant from) {
    this.from = from;
  }

  void add(Fill fill) {
    BigDecimal result = fill.buy() ? bought(fill) : sold(fill);
    if (from != null && fill.at().isBefore(from)) {
      return;
    }
    Sums sums = sums(fill.group(), fill.quote());
    sums.fees = sums.fees.add(fill.fee());
    if (fill.buy()) {
      sums.bought = sums.bought.add(fill.cost());
    } else {
      sums.sold = sums.sold.add(fill.cost());
      sums.realised = sums.realised.add(result);
      byDay
          .computeIfAbsent(LocalDate.ofInstant(fill.at(), ZoneOffset.UTC), day -> new TreeMap<>())
          .merge(fill.quote(), result, BigDecimal::add);
    }
  }

  private BigDecimal bought(Fill fill) {
    Held before = lots.get(holder(fill));
    Lot lot = before == null ? Lot.NOTHING : before.lot();
    lots.put(
        holder(fill),
        new Held(fill.group(), fill.quote(), lot.with(fill.volume(), fill.cost().add(fill.fee()))));
    return BigDecimal.ZERO;
  }

  private BigDecimal sold(Fill fill) {
    BigDecimal afterFee = fill.fee().negate();
    Held held = lots.get(holder(fill));
    if (held == null) {
      return afterFee;
    }
    Sale sale = held.lot().sell(fill.volume(), fill.cost());
    if (sale.left().isNothing()) {
      lots.remove(holder(fill));
    } else {
      lots.put(holder(fill), new Held(held.group(), held.quote(), sale.left()));
    }
    return sale.result().add(afterFee);
  }

  private static Holder holder(Fill fill) {
    return new Holder(fill.account(), fill.strategy(), fill.pair());
  }

  private Sums sums(String group, String quote) {
    return byGroup
        .computeIfAbsent(group, one -> new TreeMap<>())
        .computeIfAbsent(quote, one -> new Sums());
  }

  /**
   * The sums by group and quote asset, with what is held valued.
   *
   * @param mids the last known mid price of a pair
   */
  Map<String, Map<String, Sums>> valued(Map<String, BigDecimal> mids) {
    lots.forEach(
        (holder, held) -> {
          Lot lot = held.lot();
          Sums sums = sums(held.group(), held.quote());
          sums.held = sums.held.add(lot.cost());
          BigDecimal mid = mids.get(holder.pair());
          BigDecimal open = sums.open;
          sums.open =
              mid == null || open == null
                  ? null
                  : open.add(lot.volume().multiply(mid)).subtract(lot.cost());
        });
    return byGroup;
  }

  NavigableMap<LocalDate, Map<String, BigDecimal>> byDay() {
    return byDay;
  }
}
