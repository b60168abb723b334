package dev.signaltoorder.testing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Live mode and roomy rules against an exchange outside the service, websockets included. */
public class LiveFeedsProfile extends RoomyProfile {

  @Override
  public Map<String, String> getConfigOverrides() {
    Map<String, String> overrides = new LinkedHashMap<>(super.getConfigOverrides());
    overrides.put("signal-to-order.mode", "live");
    // The accounts are those of the exchange outside.
    overrides.remove("signal-to-order.accounts." + ACCOUNT + ".tier");
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
