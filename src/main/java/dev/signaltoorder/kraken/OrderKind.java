package dev.signaltoorder.kraken;

import java.math.BigDecimal;

/**
 * What sort of order it is, each with exactly what Kraken takes for it (REST reference, AddOrder).
 * Post-only exists only for limit prices that rest; stops with a limit cannot be post-only.
 */
public sealed interface OrderKind {

  /** Kraken's name of the type. */
  String orderType();

  /** At the best price. */
  record Market() implements OrderKind {
    @Override
    public String orderType() {
      return "market";
    }
  }

  /** Buys at the best price; the order's volume is what to spend, in the quote currency. */
  record MarketSpend() implements OrderKind {
    @Override
    public String orderType() {
      return "market";
    }
  }

  /** At a price or better. */
  record Limit(OrderPrice price, OrderLifetime lifetime) implements OrderKind {
    @Override
    public String orderType() {
      return "limit";
    }
  }

  /** At a price or better, and never taking from the book. */
  record LimitPostOnly(OrderPrice price, OrderLifetime.Resting lifetime) implements OrderKind {
    @Override
    public String orderType() {
      return "limit";
    }
  }

  /**
   * A limit order that shows a part of itself.
   *
   * @param displayed base units; at least a fifteenth of the volume
   */
  record Iceberg(
      OrderPrice price, BigDecimal displayed, OrderLifetime.Resting lifetime, boolean postOnly)
      implements OrderKind {
    public Iceberg {
      if (displayed.signum() <= 0) {
        throw new IllegalArgumentException("an iceberg shows more than nothing");
      }
    }

    @Override
    public String orderType() {
      return "iceberg";
    }
  }

  /** A market order once the price is through the trigger, against the position. */
  record StopLoss(OrderPrice trigger, TriggerBy by) implements OrderKind {
    @Override
    public String orderType() {
      return "stop-loss";
    }
  }

  /** A market order once the price reached the trigger, in the position's favour. */
  record TakeProfit(OrderPrice trigger, TriggerBy by) implements OrderKind {
    @Override
    public String orderType() {
      return "take-profit";
    }
  }

  /** A limit order once the price is through the trigger. */
  record StopLossLimit(OrderPrice trigger, OrderPrice limit, TriggerBy by, OrderLifetime lifetime)
      implements OrderKind {
    @Override
    public String orderType() {
      return "stop-loss-limit";
    }
  }

  /** A limit order once the price reached the trigger. */
  record TakeProfitLimit(OrderPrice trigger, OrderPrice limit, TriggerBy by, OrderLifetime lifetime)
      implements OrderKind {
    @Override
    public String orderType() {
      return "take-profit-limit";
    }
  }

  /** A market order once the price has come back this far from its best. */
  record TrailingStop(Trail trail, TriggerBy by) implements OrderKind {
    @Override
    public String orderType() {
      return "trailing-stop";
    }
  }

  /**
   * A limit order once the price has come back this far from its best.
   *
   * @param limit from the trigger price; ABOVE or BELOW
   */
  record TrailingStopLimit(
      Trail trail, OrderPrice.Distance limit, TriggerBy by, OrderLifetime lifetime)
      implements OrderKind {
    public TrailingStopLimit {
      if (limit.direction() == OrderPrice.Direction.AS_THE_TYPE_NEEDS) {
        throw new IllegalArgumentException("a trailing limit is above or below the trigger");
      }
    }

    @Override
    public String orderType() {
      return "trailing-stop-limit";
    }
  }

  /** Settles a margin position at its own price; the only kind whose volume may be zero. */
  record SettlePosition() implements OrderKind {
    @Override
    public String orderType() {
      return "settle-position";
    }
  }

  /**
   * How far a trailing stop stays behind.
   *
   * @param amount greater than zero; quote units, or per cent
   */
  record Trail(BigDecimal amount, boolean percent) {
    public Trail {
      if (amount.signum() <= 0) {
        throw new IllegalArgumentException("a trailing distance is greater than zero");
      }
    }

    /** With the plus sign that Kraken wants here. */
    String text() {
      return new OrderPrice.Distance(OrderPrice.Direction.ABOVE, amount, percent).text();
    }
  }

  /** Which price triggers. */
  enum TriggerBy {
    LAST,
    INDEX
  }
}
