package dev.signaltoorder.trading;

import dev.signaltoorder.kraken.AddOrderRequest;
import dev.signaltoorder.risk.OrderPlan;
import dev.signaltoorder.risk.Side;
import dev.signaltoorder.signal.OrderType;

/** An intent as Kraken wants to read it. */
final class Wire {
  private Wire() {}

  static AddOrderRequest addOrder(OrderIntent intent) {
    OrderPlan plan = intent.plan();
    if (intent.stops()) {
      return new AddOrderRequest(
          intent.altname(),
          "sell",
          "stop-loss",
          plan.volume().toPlainString(),
          plan.referencePrice().toPlainString(),
          null,
          false,
          intent.clientOrderId(),
          intent.deadline(),
          intent.validateOnly());
    }
    boolean limit = plan.type() == OrderType.LIMIT;
    return new AddOrderRequest(
        intent.altname(),
        plan.side() == Side.BUY ? "buy" : "sell",
        limit ? "limit" : "market",
        plan.volume().toPlainString(),
        plan.limitPrice() == null ? null : plan.limitPrice().toPlainString(),
        limit ? plan.timeInForce().name() : null,
        plan.postOnly(),
        intent.clientOrderId(),
        intent.deadline(),
        intent.validateOnly());
  }
}
