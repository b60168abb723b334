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
    return heldBesides(account, asset, "");
  }

  private BigDecimal heldBesides(String account, String asset, String txid) {
    BigDecimal sum = BigDecimal.ZERO;
    for (PaperOrder order : state.openOrders()) {
      if (order.account().equals(account)
          && !order.txid().equals(txid)
          && asset(order).equals(asset)) {
        sum = sum.add(hold(order));
      }
    }
    return sum;
  }

  BigDecimal available(String account, String asset) {
    return state.balance(account, asset).subtract(held(account, asset));
  }

  /** What the order may spend: all that no other order binds. */
  BigDecimal budget(PaperOrder order) {
    String asset = asset(order);
    return state
        .balance(order.account(), asset)
        .subtract(heldBesides(order.account(), asset, order.txid()));
  }

  boolean canHold(PaperOrder order) {
    return hold(order).compareTo(budget(order)) <= 0;
  }

  /** The asset id that the order spends. */
  String asset(PaperOrder order) {
    Pair pair = pairs.get(order.terms().pair());
    return (order.terms().side() == OrderSide.BUY ? pair.quote() : pair.base()).id();
  }

  /**
   * What an order binds while it waits: a sell its volume; a buy its cost at its limit or else its
   * trigger, with the fee it may have to pay, rounded up.
   */
  BigDecimal hold(PaperOrder order) {
    BigDecimal limit = order.limit();
    OrderTrigger trigger = order.trigger();
    BigDecimal price = limit == null && trigger != null ? trigger.price() : limit;
    if (order.terms().side() == OrderSide.SELL || price == null) {
      return order.terms().side() == OrderSide.SELL ? order.remaining() : BigDecimal.ZERO;
    }
    return hold(
        pairs.get(order.terms().pair()),
        price,
        order.remaining(),
        trigger == null ? Fees.MAKER : Fees.TAKER);
  }

  static BigDecimal hold(Pair pair, BigDecimal price, BigDecimal volume, BigDecimal fee) {
    return price
        .multiply(volume)
        .multiply(BigDecimal.ONE.add(fee))
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
