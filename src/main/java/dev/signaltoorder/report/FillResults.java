package dev.signaltoorder.report;

import java.math.BigDecimal;
import java.math.RoundingMode;
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
  private static final int DECIMALS = 18;

  private final @Nullable Instant from;
  private final Map<Holder, Lot> lots = new HashMap<>();
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

  private record Lot(String group, String quote, BigDecimal volume, BigDecimal cost) {}

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
    lots.merge(
        holder(fill),
        new Lot(fill.group(), fill.quote(), fill.volume(), fill.cost().add(fill.fee())),
        (before, more) ->
            new Lot(
                more.group(),
                more.quote(),
                before.volume().add(more.volume()),
                before.cost().add(more.cost())));
    return BigDecimal.ZERO;
  }

  private BigDecimal sold(Fill fill) {
    BigDecimal afterFee = fill.fee().negate();
    Lot lot = lots.get(holder(fill));
    if (lot == null || fill.volume().signum() <= 0 || lot.volume().signum() <= 0) {
      return afterFee;
    }
    if (fill.volume().compareTo(lot.volume()) >= 0) {
      lots.remove(holder(fill));
      return share(fill.cost(), lot.volume(), fill.volume()).subtract(lot.cost()).add(afterFee);
    }
    BigDecimal basis = share(lot.cost(), fill.volume(), lot.volume());
    lots.put(
        holder(fill),
        new Lot(
            lot.group(),
            lot.quote(),
            lot.volume().subtract(fill.volume()),
            lot.cost().subtract(basis)));
    return fill.cost().subtract(basis).add(afterFee);
  }

  private static Holder holder(Fill fill) {
    return new Holder(fill.account(), fill.strategy(), fill.pair());
  }

  private static BigDecimal share(BigDecimal amount, BigDecimal part, BigDecimal whole) {
    return amount.multiply(part).divide(whole, DECIMALS, RoundingMode.HALF_EVEN);
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
        (holder, lot) -> {
          Sums sums = sums(lot.group(), lot.quote());
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
