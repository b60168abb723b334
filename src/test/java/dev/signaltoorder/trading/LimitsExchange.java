package dev.signaltoorder.trading;

import dev.signaltoorder.kraken.AssetBalance;
import dev.signaltoorder.kraken.OrderInfo;
import dev.signaltoorder.risk.Side;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.NullUnmarked;

/** What Kraken has of the orders and the funds: executes at the order's own price. */
@NullUnmarked // a null where none is expected fails the test, which is what it is for
final class LimitsExchange {
  /** Of an order's value. */
  static final BigDecimal FEE = new BigDecimal("0.0026");

  private final Map<String, BigDecimal> funds;
  private final Map<UUID, BigDecimal> executed = new HashMap<>();

  LimitsExchange(Map<String, BigDecimal> funds) {
    this.funds = new HashMap<>(funds);
  }

  /** A little more of an order is executed, or it ends. */
  OrderInfo more(Order order, String txid, Random random) {
    BigDecimal volume = order.intent().plan().volume();
    BigDecimal before = executed(order);
    boolean ends = random.nextInt(3) > 0;
    BigDecimal tenth =
        before.add(volume.subtract(before).movePointLeft(1).setScale(8, RoundingMode.DOWN));
    BigDecimal after = ends && random.nextInt(3) > 0 ? volume : tenth;
    executed.put(order.orderId(), after);
    pay(order, after.subtract(before));
    boolean whole = after.compareTo(volume) == 0;
    return shown(order, txid, whole ? "closed" : ends ? "canceled" : "open");
  }

  private void pay(Order order, BigDecimal more) {
    String pair = order.intent().plan().pair();
    boolean buy = order.intent().plan().side() == Side.BUY;
    BigDecimal cost = more.multiply(order.intent().plan().referencePrice());
    BigDecimal fee = cost.multiply(FEE);
    funds.merge(pair.substring(0, 3), buy ? more : more.negate(), BigDecimal::add);
    funds.merge("USD", (buy ? cost.negate() : cost).subtract(fee), BigDecimal::add);
  }

  OrderInfo shown(Order order, String txid, String status) {
    BigDecimal volume = executed(order);
    BigDecimal price = order.intent().plan().referencePrice();
    BigDecimal cost = volume.multiply(price);
    return new OrderInfo(
        txid,
        order.intent().clientOrderId(),
        order.intent().altname(),
        order.intent().plan().side() == Side.BUY ? "buy" : "sell",
        status,
        order.intent().plan().volume(),
        volume,
        cost,
        cost.multiply(FEE),
        volume.signum() == 0 ? BigDecimal.ZERO : price,
        null,
        Samples.NOW,
        null);
  }

  private BigDecimal executed(Order order) {
    return executed.getOrDefault(order.orderId(), BigDecimal.ZERO);
  }

  /** As Kraken tells them: what open orders may still take is held. */
  Map<String, AssetBalance> figures(Iterable<Order> live) {
    Map<String, BigDecimal> held = new HashMap<>();
    for (Order order : live) {
      if (order.state() instanceof OrderState.Open) {
        BigDecimal open = order.intent().plan().volume().subtract(executed(order));
        BigDecimal value = open.multiply(order.intent().plan().referencePrice());
        if (order.intent().plan().side() == Side.BUY) {
          held.merge("USD", value.add(value.multiply(FEE)), BigDecimal::add);
        } else {
          held.merge(order.intent().plan().pair().substring(0, 3), open, BigDecimal::add);
        }
      }
    }
    Map<String, AssetBalance> figures = new HashMap<>();
    Map<String, String> names = Map.of("USD", "ZUSD", "BTC", "XXBT", "ETH", "XETH");
    names.forEach(
        (asset, name) ->
            figures.put(
                name,
                new AssetBalance(
                    funds.getOrDefault(asset, BigDecimal.ZERO),
                    held.getOrDefault(asset, BigDecimal.ZERO))));
    return figures;
  }
}
