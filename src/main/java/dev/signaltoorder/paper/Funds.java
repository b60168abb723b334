package dev.signaltoorder.paper;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/** What an account has, and what its open orders bind. */
final class Funds {

  private final ExchangeState state;
  private final Pairs pairs;
  private final MarketBoard board;

  Funds(ExchangeState state, Pairs pairs, MarketBoard board) {
    this.state = state;
    this.pairs = pairs;
    this.board = board;
  }

  /** Bound by open orders, in units of the asset. */
  BigDecimal held(String account, String asset) {
    BigDecimal sum = BigDecimal.ZERO;
    for (PaperOrder order : state.openOrders()) {
      if (order.account().equals(account) && heldAsset(order).equals(asset)) {
        sum = sum.add(hold(pairs.get(order.terms().pair()), order.terms(), order.remaining()));
      }
    }
    return sum;
  }

  BigDecimal available(String account, String asset) {
    return state.balance(account, asset).subtract(held(account, asset));
  }

  private String heldAsset(PaperOrder order) {
    Pair pair = pairs.get(order.terms().pair());
    return (order.terms().side() == OrderSide.BUY ? pair.quote() : pair.base()).id();
  }

  /**
   * What a resting order binds: a sell its volume; a buy its cost with the maker's fee, rounded up.
   *
   * @param remaining base units
   */
  static BigDecimal hold(Pair pair, OrderTerms terms, BigDecimal remaining) {
    BigDecimal price = terms.price();
    if (terms.side() == OrderSide.SELL || price == null) {
      return remaining;
    }
    return price
        .multiply(remaining)
        .multiply(BigDecimal.ONE.add(Fees.MAKER))
        .setScale(pair.costScale(), RoundingMode.UP);
  }

  /** Dollars for one unit of the asset at mid prices; null when a price is missing. */
  @Nullable BigDecimal dollars(Asset asset) {
    return switch (asset.id()) {
      // There is no USDT/USD here: a tether counts as a dollar.
      case "ZUSD", "USDT" -> BigDecimal.ONE;
      case "ZEUR" -> quotient(mid("XXBTZUSD"), mid("XXBTZEUR"));
      default -> midInDollars(asset);
    };
  }

  private @Nullable BigDecimal midInDollars(Asset asset) {
    for (Pair pair : pairs.all()) {
      if (pair.base().equals(asset) && pair.quote().id().equals("ZUSD")) {
        return mid(pair.key());
      }
    }
    return null;
  }

  private @Nullable BigDecimal mid(String key) {
    Quote quote = board.quoteIfAny(pairs.get(key));
    return quote == null ? null : quote.mid();
  }

  private static @Nullable BigDecimal quotient(@Nullable BigDecimal a, @Nullable BigDecimal b) {
    return a == null || b == null ? null : a.divide(b, 10, RoundingMode.HALF_UP);
  }
}
