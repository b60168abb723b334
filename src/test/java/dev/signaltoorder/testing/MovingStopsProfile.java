package dev.signaltoorder.testing;

import java.util.HashMap;
import java.util.Map;

/** Stops that move with the price, and positions that are closed when no stop can be placed. */
public class MovingStopsProfile extends RoomyProfile {
  @Override
  public Map<String, String> getConfigOverrides() {
    Map<String, String> settings = new HashMap<>(super.getConfigOverrides());
    settings.put("signal-to-order.protection.trail-by", "3");
    settings.put("signal-to-order.protection.break-even-after", "0.1");
    settings.put("signal-to-order.protection.if-impossible", "close");
    settings.put("signal-to-order.protection.attempts", "2");
    return settings;
  }
}
