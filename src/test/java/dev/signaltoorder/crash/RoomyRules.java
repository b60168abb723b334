package dev.signaltoorder.crash;

import java.util.Map;
import java.util.TreeMap;

/** Limits that a crash test does not run into: what it is about are crashes. */
final class RoomyRules {
  private static final String MUCH = "1000000000";
  private static final String MANY = "10000";

  private RoomyRules() {}

  static void addTo(Map<String, String> settings) {
    Map<String, String> rules = new TreeMap<>();
    // A signal that waits out several crashes is still traded: nothing hides behind its age.
    rules.put("stale-signal.max-age", "3600");
    rules.put("max-order-notional.limit", MANY);
    rules.put("open-orders.count", MANY);
    rules.put("open-orders.notional", MUCH);
    rules.put("position-limit.limit", MUCH);
    rules.put("daily-notional.limit", MUCH);
    rules.put("duplicate-order.window", "0");
    rules.put("message-throttle.per-second", MANY);
    rules.put("message-throttle.per-minute", MANY);
    rules.put("message-throttle.per-hour", MANY);
    rules.put("message-throttle.per-day", MANY);
    rules.put("strategy-throttle.per-second", MANY);
    rules.put("strategy-throttle.per-minute", MANY);
    rules.put("strategy-throttle.per-day", MANY);
    rules.put("repeated-execution.count", MANY);
    rules.put("pyramiding.max-entries", "10000");
    rules.put("unknown-orders.count", "10000");
    rules.put("error-rate.limit", "100");
    rules.put("daily-loss.limit.USD", MUCH);
    rules.put("drawdown.limit.USD", MUCH);
    rules.put("loss-streak.count", "1000");
    rules.forEach((name, value) -> settings.put("signal-to-order.rules.override." + name, value));
  }
}
