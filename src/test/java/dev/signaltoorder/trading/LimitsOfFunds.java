package dev.signaltoorder.trading;

import dev.signaltoorder.risk.Side;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.NullUnmarked;

/**
 * Whether the account can pay for all that was approved, should all of it be executed: with what is
 * really there. The account knows less, because Kraken's figures are older: it may refuse more, and
 * never less.
 */
@NullUnmarked // a null where none is expected fails the test, which is what it is for
final class LimitsOfFunds implements LimitsBook {
  private static final BigDecimal ONE = BigDecimal.ONE;

  private final LimitsRules rules;
  private final LimitsOrders orders;
  private final Map<String, BigDecimal> funds = new HashMap<>();
  private final Map<UUID, Execution> executions = new HashMap<>();

  /**
   * @param funds what was there before anything was traded, by asset: "USD"
   */
  LimitsOfFunds(LimitsRules rules, LimitsOrders orders, Map<String, BigDecimal> funds) {
    this.rules = rules;
    this.orders = orders;
    this.funds.putAll(funds);
  }

  @Override
  public void see(Fact fact) {
    switch (fact) {
      case Fact.OrderProgressed more -> executed(more.orderId(), more.execution());
      case Fact.OrderEnded ended -> executed(ended.orderId(), ended.execution());
      default -> {
        // Nothing is paid.
      }
    }
  }

  private void executed(UUID orderId, Execution is) {
    Execution was = executions.getOrDefault(orderId, Execution.NONE);
    executions.put(orderId, is);
    BigDecimal volume = is.volume().subtract(was.volume());
    BigDecimal cost = is.cost().subtract(was.cost());
    BigDecimal fee = is.fee().subtract(was.fee());
    OrderIntent intent = orders.intent(orderId);
    boolean buy = intent.plan().side() == Side.BUY;
    funds.merge(base(intent.plan().pair()), buy ? volume : volume.negate(), BigDecimal::add);
    funds.merge("USD", (buy ? cost.negate() : cost).subtract(fee), BigDecimal::add);
  }

  private static String base(String pair) {
    return pair.substring(0, pair.indexOf('/'));
  }

  @Override
  public void judge(LimitsCase order) {
    BigDecimal free = funds.get(order.buys() ? "USD" : base(order.pair()));
    for (LimitsOrders.Line line : orders.live()) {
      if (line.buys() && order.buys()) {
        free = free.subtract(line.openValue().multiply(ONE.add(LimitsExchange.FEE)));
      } else if (!line.buys() && !order.buys() && line.plan().pair().equals(order.pair())) {
        free = free.subtract(line.open());
      }
    }
    BigDecimal reserve = rules.number("free-balance", "reserve").movePointLeft(2);
    BigDecimal needed =
        order.buys() ? order.value().multiply(ONE.add(reserve)) : order.plan().volume();
    order.most("free-balance", order.plan().side().name(), free, needed);
  }
}
