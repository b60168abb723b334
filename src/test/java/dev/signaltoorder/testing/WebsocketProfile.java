package dev.signaltoorder.testing;

import java.util.LinkedHashMap;
import java.util.Map;

/** Roomy rules, the websockets of the simulated exchange as paper mode has them, and traces. */
public class WebsocketProfile extends RoomyProfile {

  @Override
  public Map<String, String> getConfigOverrides() {
    Map<String, String> overrides = new LinkedHashMap<>(super.getConfigOverrides());
    overrides.remove("signal-to-order.kraken.ws-url");
    overrides.remove("signal-to-order.kraken.ws-auth-url");
    overrides.put("quarkus.otel.sdk.disabled", "false");
    // Only the tests' own exporter: nothing goes out.
    overrides.put("quarkus.otel.exporter.otlp.endpoint", " ");
    return overrides;
  }
}
