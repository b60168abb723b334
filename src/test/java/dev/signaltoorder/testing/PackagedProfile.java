package dev.signaltoorder.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * {@link RoomyProfile} for the packaged program, native or not: the exchange cannot be looked into
 * from a test unless it is outside, so the service trades there in live mode.
 */
public class PackagedProfile extends RoomyProfile {

  @Override
  public Map<String, String> getConfigOverrides() {
    Map<String, String> settings = super.getConfigOverrides();
    settings.put("signal-to-order.mode", "live");
    return settings;
  }

  @Override
  public List<TestResourceEntry> testResources() {
    List<TestResourceEntry> resources = new ArrayList<>(super.testResources());
    resources.add(
        new TestResourceEntry(
            OutsideExchange.class, Map.of("account", ACCOUNT, "USD", MUCH, "BTC", MANY)));
    return resources;
  }
}
