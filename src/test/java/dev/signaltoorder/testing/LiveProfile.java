package dev.signaltoorder.testing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Live mode against an exchange outside the service. */
public class LiveProfile extends ServiceProfile {

  @Override
  public Map<String, String> getConfigOverrides() {
    Map<String, String> overrides = new LinkedHashMap<>(super.getConfigOverrides());
    overrides.put("signal-to-order.mode", "live");
    overrides.put("signal-to-order.rules.override.duplicate-order.window", "0");
    // What other tests lost and traded a moment ago on the same account is not the point here.
    for (String window : List.of("per-second", "per-minute", "per-hour", "per-day")) {
      overrides.put("signal-to-order.rules.override.message-throttle." + window, RoomyProfile.MANY);
    }
    overrides.put("signal-to-order.rules.override.repeated-execution.count", RoomyProfile.MANY);
    overrides.put("signal-to-order.rules.override.daily-notional.limit", RoomyProfile.MUCH);
    overrides.put("signal-to-order.rules.override.daily-loss.limit.USD", RoomyProfile.MUCH);
    overrides.put("signal-to-order.rules.override.drawdown.limit.USD", RoomyProfile.MUCH);
    return overrides;
  }

  @Override
  public List<TestResourceEntry> testResources() {
    List<TestResourceEntry> resources = new ArrayList<>(super.testResources());
    resources.add(new TestResourceEntry(OutsideExchange.class));
    return resources;
  }
}
