package dev.signaltoorder.testing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Roomy rules, the websockets of the simulated exchange as paper mode has them, and whom the
 * service tells things outside: a collector of traces, a mail server, and others.
 */
public class WebsocketProfile extends RoomyProfile {

  @Override
  public Map<String, String> getConfigOverrides() {
    Map<String, String> overrides = new LinkedHashMap<>(super.getConfigOverrides());
    overrides.remove("signal-to-order.kraken.ws-url");
    overrides.remove("signal-to-order.kraken.ws-auth-url");
    overrides.put("quarkus.otel.sdk.disabled", "false");
    return overrides;
  }

  @Override
  public List<TestResourceEntry> testResources() {
    List<TestResourceEntry> resources = new ArrayList<>(super.testResources());
    resources.add(new TestResourceEntry(ReceiverResource.class));
    resources.add(new TestResourceEntry(MailServer.class));
    resources.add(new TestResourceEntry(TraceCollector.class));
    return resources;
  }
}
