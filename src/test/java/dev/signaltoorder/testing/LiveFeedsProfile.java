package dev.signaltoorder.testing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Live mode against an exchange outside the service, websockets included. */
public class LiveFeedsProfile extends ServiceProfile {

  @Override
  public Map<String, String> getConfigOverrides() {
    Map<String, String> overrides = new LinkedHashMap<>(super.getConfigOverrides());
    overrides.put("signal-to-order.mode", "live");
    overrides.put("signal-to-order.rules.override.duplicate-order.window", "0");
    overrides.put("signal-to-order.rules.override.order-defaults.time-in-force", "GTC");
    overrides.put("signal-to-order.rules.override.allowed-type.types", "LIMIT_IOC,LIMIT_GTC");
    overrides.remove("signal-to-order.kraken.ws-url");
    overrides.remove("signal-to-order.kraken.ws-auth-url");
    return overrides;
  }

  @Override
  public List<TestResourceEntry> testResources() {
    List<TestResourceEntry> resources = new ArrayList<>(super.testResources());
    resources.add(new TestResourceEntry(OutsideExchange.class, Map.of("websockets", "true")));
    return resources;
  }
}
