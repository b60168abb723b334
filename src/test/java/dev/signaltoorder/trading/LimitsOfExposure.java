package dev.signaltoorder.trading;

import dev.signaltoorder.signal.Action;
import java.math.BigDecimal;
import org.jspecify.annotations.NullUnmarked;

/**
 * What is out and what is held: halts, open orders, positions, doubts, and the own orders on the
 * other side.
 */
@NullUnmarked // a null where none is expected fails the test, which is what it is for
final class LimitsOfExposure implements LimitsBook {
  private final LimitsRules rules;
  private final LimitsOrders orders;
  private String halt = "no";

  LimitsOfExposure(LimitsRules rules, LimitsOrders orders) {
    this.rules = rules;
    this.orders = orders;
  }

  @Override
  public void see(Fact fact) {
    switch (fact) {
      case Fact.TradingHalted halted -> halt = halted.scope();
      case Fact.TradingResumed resumed -> halt = "no";
      default -> {
        // Orders have books of their own.
      }
    }
  }

  String halt() {
    return halt;
  }

  @Override
  public void judge(LimitsCase order) {
    boolean halted = halt.equals("ENTRIES") ? !order.exit() : !halt.equals("no");
    order.never("trading-state", halt, halted, halt);
    int out = 1;
    int unknown = 0;
    BigDecimal value = order.value();
    BigDecimal buys = BigDecimal.ZERO;
    for (LimitsOrders.Line line : orders.live()) {
      boolean inPair = line.plan().pair().equals(order.pair());
      out++;
      unknown += line.unknown() ? 1 : 0;
      value = value.add(line.openValue());
      buys = inPair && line.buys() ? buys.add(line.open()) : buys;
      boolean meets = inPair && line.plan().side() != order.plan().side() && meets(order, line);
      order.never("self-match", "own order", meets, line.plan());
    }
    if (!order.exit()) {
      order.most("open-orders", "count", rules.count("open-orders", "count"), out);
      order.most("open-orders", "notional", rules.number("open-orders", "notional"), value);
      order.most("unknown-orders", "count", rules.count("unknown-orders", "count"), unknown);
    }
    if (order.buys()) {
      BigDecimal mid = order.market().mid();
      BigDecimal held = orders.ofPair(order.pair()).max(BigDecimal.ZERO).add(buys).multiply(mid);
      BigDecimal more = order.value().max(order.plan().volume().multiply(mid));
      BigDecimal limit = rules.ofPair("position-limit", "limit", order.pair());
      order.most("position-limit", "limit", limit, held.add(more));
    }
    boolean beyond = order.signal().action() == Action.SELL && !order.exit();
    boolean mayTurn = rules.word("reversal", "sell-beyond-position").equals("allow");
    order.never("reversal", "sell-beyond-position", beyond && !mayTurn, order.plan());
  }

  /** Both have limits here: market orders become limit orders. */
  private static boolean meets(LimitsCase order, LimitsOrders.Line line) {
    int above = order.plan().limitPrice().compareTo(line.plan().limitPrice());
    return order.buys() ? above >= 0 : above <= 0;
  }
}
