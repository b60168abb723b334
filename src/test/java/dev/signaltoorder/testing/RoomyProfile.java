package dev.signaltoorder.testing;

import java.util.HashMap;
import java.util.Map;

/**
 * The whole service on an account of its own, with rules that let hundreds of orders through, limit
 * orders that rest, and times so short that an order in doubt is settled while a test waits.
 */
public class RoomyProfile extends ServiceProfile {
  /** The account's name. */
  public static final String ACCOUNT = "roomy";

  /** Value of an order above which {@code max-order-notional} refuses it, USD. */
  public static final String ORDER_LIMIT = "10000";

  static final String MUCH = "1000000000";
  static final String MANY = "10000";

  @Override
  public Map<String, String> getConfigOverrides() {
    Map<String, String> settings = new HashMap<>(super.getConfigOverrides());
    settings.put("signal-to-order.accounts." + ACCOUNT + ".tier", "pro");
    settings.put("signal-to-order.paper.balances.ZUSD", MUCH);
    settings.put("signal-to-order.paper.balances.XXBT", MANY);
    settings.put("signal-to-order.kraken.read-timeout", "3s");
    settings.put("signal-to-order.orders.deadline", "6s");
    settings.put("signal-to-order.orders.send-within", "3s");
    settings.put("signal-to-order.orders.look-up-every", "3s");
    settings.put("signal-to-order.orders.silence-final-after", "5s");
    rule(settings, "order-defaults.time-in-force", "GTC");
    rule(settings, "allowed-type.types", "LIMIT_IOC,LIMIT_GTC,MARKET");
    rule(settings, "max-order-notional.limit", ORDER_LIMIT);
    // As old as the service uses a price at all: a slow machine pauses for seconds.
    rule(settings, "stale-price.max-age", "10");
    rule(settings, "price-collar.limit", "20");
    // Tests move prices as they like, and the next one begins a moment later.
    rule(settings, "price-move.limit", "100");
    rule(settings, "open-orders.count", MANY);
    rule(settings, "open-orders.notional", MUCH);
    rule(settings, "position-limit.limit", MUCH);
    rule(settings, "daily-notional.limit", MUCH);
    rule(settings, "duplicate-order.window", "0");
    rule(settings, "message-throttle.per-second", MANY);
    rule(settings, "message-throttle.per-minute", MANY);
    rule(settings, "message-throttle.per-hour", MANY);
    rule(settings, "message-throttle.per-day", MANY);
    rule(settings, "strategy-throttle.per-second", MANY);
    rule(settings, "strategy-throttle.per-minute", MANY);
    rule(settings, "strategy-throttle.per-day", MANY);
    rule(settings, "repeated-execution.count", MANY);
    rule(settings, "pyramiding.max-entries", MANY);
    rule(settings, "unknown-orders.count", MANY);
    rule(settings, "error-rate.limit", "100");
    rule(settings, "daily-loss.limit.USD", MUCH);
    rule(settings, "drawdown.limit.USD", MUCH);
    rule(settings, "loss-streak.count", "1000");
    return settings;
  }

  private static void rule(Map<String, String> settings, String parameter, String value) {
    settings.put("signal-to-order.rules.override." + parameter, value);
  }
}
