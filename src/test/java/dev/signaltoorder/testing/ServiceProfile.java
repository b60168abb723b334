package dev.signaltoorder.testing;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.List;
import java.util.Map;

/** The whole service as it comes: the shipped rules for small accounts. */
public class ServiceProfile implements QuarkusTestProfile {

  @Override
  public Map<String, String> getConfigOverrides() {
    // REST only: everything must work without websocket. WebsocketProfile has it on.
    return Map.of(
        "quarkus.http.test-port",
        "0",
        "quarkus.management.test-port",
        "0",
        "signal-to-order.kraken.ws-url",
        "",
        "signal-to-order.kraken.ws-auth-url",
        "");
  }

  @Override
  public List<TestResourceEntry> testResources() {
    return List.of(
        new TestResourceEntry(PostgresResource.class),
        new TestResourceEntry(ServiceResource.class));
  }
}
