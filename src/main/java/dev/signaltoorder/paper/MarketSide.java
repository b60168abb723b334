package dev.signaltoorder.paper;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a taker meets: the made-up levels and the resting orders of all accounts, best first. */
final class MarketSide {

  private MarketSide() {}

  /**
   * Volume to be had at a price.
   *
   * @param resting the order that offers it; null for the made-up market
   */
  record Offer(BigDecimal price, BigDecimal volume, @Nullable PaperOrder resting) {}

  /**
   * Everything that stands against a taker of the given side. At one price real orders come before
   * the made-up market, older ones first. The last made-up level of a deep book is bottomless.
   */
  static List<Offer> against(
      Pair pair, Quote quote, OrderSide taker, List<PaperOrder> openOrders, BigDecimal bottomless) {
    List<Offer> offers = new ArrayList<>();
    for (PaperOrder order : openOrders) {
      BigDecimal limit = order.limit();
      if (order.isInBook()
          && limit != null
          && order.terms().pair().equals(pair.key())
          && order.terms().side() != taker) {
        offers.add(new Offer(limit, order.remaining(), order));
      }
    }
    List<Depth.Level> levels = Depth.opposite(pair, quote, taker, Depth.LEVELS_MAX);
    for (int i = 0; i < levels.size(); i++) {
      boolean last = quote.oppositeVolume(taker) == null && i == levels.size() - 1;
      Depth.Level level = levels.get(i);
      offers.add(new Offer(level.price(), last ? bottomless : level.volume(), null));
    }
    Comparator<Offer> byPrice = Comparator.comparing(Offer::price);
    // Stable: what was added first comes first at one price.
    offers.sort(taker == OrderSide.BUY ? byPrice : byPrice.reversed());
    return offers;
  }
}
