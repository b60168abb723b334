package dev.signaltoorder.testing;

import java.util.HashMap;
import java.util.Map;

/** Market conditions with limits that the tests pass on purpose, and a short calm time. */
public class ConditionsProfile extends RoomyProfile {
  @Override
  public Map<String, String> getConfigOverrides() {
    Map<String, String> settings = new HashMap<>(super.getConfigOverrides());
    settings.put("signal-to-order.conditions.max-spread-bps", "200");
    settings.put("signal-to-order.conditions.min-depth.USD", "1000");
    settings.put("signal-to-order.conditions.max-move-per-minute", "2");
    settings.put("signal-to-order.conditions.calm-for", "2s");
    settings.put("signal-to-order.conditions.tighten-stops-to", "1");
    settings.put("signal-to-order.conditions.pause-entries-in-spike", "true");
    settings.put("signal-to-order.rules.override.price-move.limit", "100");
    return settings;
  }
}
