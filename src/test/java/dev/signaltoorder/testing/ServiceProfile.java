package dev.signaltoorder.testing;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;

/** The whole service as it comes: the shipped rules for small accounts. */
public class ServiceProfile implements QuarkusTestProfile {
  /** Of the packaged program only: it cannot be asked which one it took. */
  static final int MANAGEMENT_PORT = freePort();

  /** Likewise. */
  static final int SECURE_PORT = freePort();

  @Override
  public Map<String, String> getConfigOverrides() {
    // REST only: everything must work without websocket. WebsocketProfile has it on.
    return Map.of(
        "quarkus.http.test-port",
        "0",
        "quarkus.management.test-port",
        "0",
        "quarkus.management.port",
        Integer.toString(MANAGEMENT_PORT),
        "signal-to-order.kraken.ws-url",
        "",
        "signal-to-order.kraken.ws-auth-url",
        "");
  }

  static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public List<TestResourceEntry> testResources() {
    return List.of(
        new TestResourceEntry(PostgresResource.class),
        new TestResourceEntry(ServiceResource.class));
  }
}
