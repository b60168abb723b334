package dev.signaltoorder.testing;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signaltoorder.paper.PaperOrder;
import dev.signaltoorder.paper.PaperTrade;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * What the simulated exchange's own orders and trades say was bought, sold, paid and earned. Uses
 * nothing of the service.
 */
public final class TradedBook {
  private static final int DECIMALS = 18;

  private final List<PaperOrder> orders;
  private final List<PaperTrade> trades;
  private final Map<String, String> strategyOfOrder;

  /**
   * @param orders those in question
   * @param trades of these orders and others
   * @param strategyOfOrder by the order's id there
   */
  public TradedBook(
      List<PaperOrder> orders, List<PaperTrade> trades, Map<String, String> strategyOfOrder) {
    this.orders = List.copyOf(orders);
    this.trades = trades.stream().sorted(Comparator.comparingLong(PaperTrade::number)).toList();
    this.strategyOfOrder = Map.copyOf(strategyOfOrder);
  }

  /** Of one strategy and pair; money in quote units. */
  public static final class Sums {
    public BigDecimal bought = BigDecimal.ZERO;
    public BigDecimal sold = BigDecimal.ZERO;
    public BigDecimal fees = BigDecimal.ZERO;

    /** Proceeds less average cost with fees, less the fees of sales. */
    public BigDecimal realised = BigDecimal.ZERO;

    /** Cost with fees of what is held. */
    public BigDecimal held = BigDecimal.ZERO;

    /** Held, base units. */
    public BigDecimal volume = BigDecimal.ZERO;

    public int trades;

    /** Adds what can be added; volumes of several pairs cannot. */
    public void add(Sums more) {
      bought = bought.add(more.bought);
      sold = sold.add(more.sold);
      fees = fees.add(more.fees);
      realised = realised.add(more.realised);
      held = held.add(more.held);
      trades += more.trades;
    }

    private void trade(boolean buy, PaperTrade trade) {
      trades++;
      fees = fees.add(trade.fee());
      if (buy) {
        bought = bought.add(trade.cost());
        held = held.add(trade.cost()).add(trade.fee());
        volume = volume.add(trade.volume());
        return;
      }
      BigDecimal share =
          trade.volume().compareTo(volume) == 0
              ? held
              : held.multiply(trade.volume()).divide(volume, DECIMALS, RoundingMode.HALF_EVEN);
      sold = sold.add(trade.cost());
      realised = realised.add(trade.cost()).subtract(share).subtract(trade.fee());
      held = held.subtract(share);
      volume = volume.subtract(trade.volume());
    }
  }

  /**
   * Every trade of the strategy in the pair, in the order in which they were made.
   *
   * @param pair as it is called there, "XXBTZUSD"
   */
  public Sums sums(String strategy, String pair) {
    Map<String, PaperOrder> ours =
        orders.stream()
            .filter(order -> strategy.equals(strategyOfOrder.get(order.txid())))
            .filter(order -> order.terms().pair().equals(pair))
            .collect(Collectors.toMap(PaperOrder::txid, order -> order));
    Sums sums = new Sums();
    for (PaperTrade trade : trades) {
      PaperOrder order = ours.get(trade.txid());
      if (order != null) {
        sums.trade(order.terms().side().name().equals("BUY"), trade);
      }
    }
    return sums;
  }

  /** What the orders themselves say, not their trades. */
  public BigDecimal fees(String strategy) {
    return orders.stream()
        .filter(order -> strategy.equals(strategyOfOrder.get(order.txid())))
        .map(PaperOrder::fee)
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  /** Likewise, of orders that no row of the report names: stops and take-profits. */
  public BigDecimal feesWithout(String strategy, Iterable<JsonNode> rows) {
    Set<String> named =
        StreamSupport.stream(rows.spliterator(), false)
            .map(row -> row.path("orderTxid").asText())
            .collect(Collectors.toSet());
    return orders.stream()
        .filter(order -> strategy.equals(strategyOfOrder.get(order.txid())))
        .filter(order -> !named.contains(order.txid()))
        .map(PaperOrder::fee)
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  /** The order with this id, or null. */
  public @Nullable PaperOrder order(String txid) {
    return orders.stream().filter(order -> order.txid().equals(txid)).findFirst().orElse(null);
  }

  /** Orders of a type and side with any fill. */
  public List<PaperOrder> executed(String type, String side) {
    return orders.stream()
        .filter(order -> order.terms().orderType().equals(type))
        .filter(order -> order.terms().side().name().equals(side))
        .filter(order -> order.volumeExecuted().signum() > 0)
        .toList();
  }

  /** What may still be executed. */
  public List<PaperOrder> open() {
    return orders.stream().filter(PaperOrder::isOpen).toList();
  }

  /** Stops that wait for their price. */
  public List<PaperOrder> untouchedStops() {
    return orders.stream()
        .filter(order -> order.terms().orderType().equals("stop-loss"))
        .filter(order -> order.volumeExecuted().signum() == 0)
        .toList();
  }
}
