package dev.signaltoorder.trading;

import dev.signaltoorder.kraken.KrakenErrors;
import dev.signaltoorder.market.PairRules;
import dev.signaltoorder.market.PriceRounding;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A position that is looked after: what one strategy holds in one pair. However many entries made
 * it, there is one stop for all of it.
 *
 * @param pair as Kraken has it, as far as is known
 * @param signalId of the latest entry
 * @param stop the trigger that is wanted; null when no entry named one
 * @param entries oldest first
 * @param failures since a stop was last at Kraken
 */
record Guard(
    String strategy,
    PairRules pair,
    UUID signalId,
    @Nullable BigDecimal stop,
    List<Entry> entries,
    Failures failures) {

  /**
   * One entry of a position.
   *
   * @param bought base units so far
   * @param cost quote units so far
   * @param sold base units that its take-profits sold so far
   */
  record Entry(
      UUID orderId,
      UUID signalId,
      BigDecimal bought,
      BigDecimal cost,
      BigDecimal sold,
      List<ProtectionFact.Level> levels) {

    private Entry on(PairRules rules) {
      List<ProtectionFact.Level> moved =
          levels.stream()
              .map(
                  each ->
                      new ProtectionFact.Level(
                          PriceRounding.priceUp(each.price(), rules), each.upTo()))
              .toList();
      return new Entry(orderId, signalId, bought, cost, sold, moved);
    }
  }

  /**
   * What went wrong with stops, in a row.
   *
   * @param refused stops that were refused or not placed
   * @param hopeless those of them that Kraken refused for what they are, not for how it is
   * @param closes orders by which what could not be protected was sold
   * @param told it was recorded that protection is not possible
   */
  record Failures(int refused, int hopeless, int closes, boolean told) {
    static final Failures NONE = new Failures(0, 0, 0, false);

    Failures oneMore(boolean isHopeless) {
      return new Failures(refused + 1, hopeless + (isHopeless ? 1 : 0), closes, told);
    }

    Failures withClose() {
      return new Failures(refused, hopeless, closes + 1, told);
    }

    Failures withTold() {
      return new Failures(refused, hopeless, closes, true);
    }
  }

  String symbol() {
    return pair.symbol();
  }

  UUID entryOrderId() {
    return entries.getLast().orderId();
  }

  Guard with(Failures other) {
    return new Guard(strategy, pair, signalId, stop, entries, other);
  }

  Guard stopAt(BigDecimal price) {
    return new Guard(strategy, pair, signalId, price, entries, failures);
  }

  /** Kraken has these rules for the pair by now. */
  Guard under(PairRules rules, @Nullable BigDecimal price) {
    List<Entry> moved = entries.stream().map(entry -> entry.on(rules)).toList();
    return new Guard(strategy, rules, signalId, price, moved, failures);
  }

  /** What changed if Kraken has these rules now; null when nothing did that orders depend on. */
  ProtectionFact.@Nullable PairChanged changed(PairRules now) {
    boolean same =
        pair.lotDecimals() == now.lotDecimals()
            && pair.tickSize().compareTo(now.tickSize()) == 0
            && pair.orderMin().compareTo(now.orderMin()) == 0
            && pair.costMin().compareTo(now.costMin()) == 0;
    BigDecimal onTick = stop == null ? null : PriceRounding.priceUp(stop, now);
    return same ? null : new ProtectionFact.PairChanged(signalId, symbol(), strategy, now, onTick);
  }

  private Guard with(List<Entry> other) {
    return new Guard(strategy, pair, signalId, stop, List.copyOf(other), failures);
  }

  /** The guard once this much of an entry is executed; {@code before}: null for the first. */
  static Guard entered(@Nullable Guard before, ProtectionFact.Wanted wanted, Execution execution) {
    List<Entry> entries = new ArrayList<>(before == null ? List.of() : before.entries());
    for (int i = 0; before != null && i < entries.size(); i++) {
      if (entries.get(i).orderId().equals(wanted.orderId())) {
        Entry known = entries.get(i);
        entries.set(i, entry(wanted, execution, known.sold(), known.levels()));
        return before.with(entries);
      }
    }
    entries.add(entry(wanted, execution, BigDecimal.ZERO, wanted.levels()));
    PairRules pair = wanted.pair();
    BigDecimal stop = higher(before == null ? null : before.stop(), wanted.stop());
    return new Guard(
            wanted.strategy(),
            pair,
            wanted.signalId(),
            stop,
            List.copyOf(entries),
            before == null ? Failures.NONE : before.failures())
        .under(pair, stop == null ? null : PriceRounding.priceUp(stop, pair));
  }

  private static Entry entry(
      ProtectionFact.Wanted wanted,
      Execution execution,
      BigDecimal sold,
      List<ProtectionFact.Level> levels) {
    return new Entry(
        wanted.orderId(), wanted.signalId(), execution.volume(), execution.cost(), sold, levels);
  }

  /** A later entry never loosens the stop. */
  private static @Nullable BigDecimal higher(@Nullable BigDecimal one, @Nullable BigDecimal other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return one.max(other);
  }

  /** The guard once one of its orders is in another state. */
  Guard after(Protective protective, Execution before, Order order) {
    return switch (protective.role()) {
      case CLOSE -> this;
      case TAKE_PROFIT -> sold(protective, before, order);
      case STOP ->
          switch (order.state()) {
            case OrderState.Open open -> with(Failures.NONE);
            case OrderState.Refused refused -> with(failures.oneMore(isHopeless(refused.error())));
            case OrderState.PresumedAbsent absent -> with(failures.oneMore(false));
            case OrderState.NotPlaced never -> with(failures.oneMore(false));
            default -> this;
          };
    };
  }

  /**
   * Refused for what it is; not because Kraken is busy, limits, or takes none at the moment, and
   * not for the pair's rules: those are read anew, and then it is another order.
   */
  static boolean isHopeless(String error) {
    boolean itself =
        (error.startsWith("EOrder:") && !error.startsWith("EOrder:Rate limit"))
            || error.startsWith("EGeneral:Invalid arguments");
    return itself && KrakenErrors.of(error).action() != KrakenErrors.Action.RELOAD_PAIRS;
  }

  private Guard sold(Protective protective, Execution before, Order order) {
    BigDecimal more = order.execution().volume().subtract(before.volume());
    List<Entry> now = new ArrayList<>();
    for (Entry each : entries) {
      boolean its = each.orderId().equals(protective.entryOrderId());
      now.add(
          its
              ? new Entry(
                  each.orderId(),
                  each.signalId(),
                  each.bought(),
                  each.cost(),
                  each.sold().add(more),
                  each.levels())
              : each);
    }
    return with(now);
  }
}
