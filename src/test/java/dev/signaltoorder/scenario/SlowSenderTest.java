package dev.signaltoorder.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.signaltoorder.testing.Payload;
import dev.signaltoorder.testing.RoomyProfile;
import dev.signaltoorder.testing.RunningService;
import dev.signaltoorder.testing.TestSecrets;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Senders that hold a connection and trickle. */
@QuarkusTest
@TestProfile(RoomyProfile.class)
class SlowSenderTest extends RunningService {
  private static final int SENDERS = 20;
  private static final int BYTES_MAX = 900;

  @TestHTTPResource("/webhooks/demo")
  private URI webhook;

  @Test
  void areCutOffWhileHonestOnesAreServed() throws Exception {
    List<Socket> slow = new ArrayList<>();
    try {
      for (int i = 0; i < SENDERS; i++) {
        Socket socket = new Socket(webhook.getHost(), webhook.getPort());
        socket.setSoTimeout(50);
        slow.add(socket);
        socket
            .getOutputStream()
            .write(
                "POST /webhooks/demo HTTP/1.1\r\nHost: localhost\r\nwebhook-id: slow-one\r\nContent-Length: 1000\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII));
      }
      accepted(demo().send(Payload.limit("BUY", freshStrategy(), ASK, "0.001")));

      int sent = 0;
      while (slow.stream().anyMatch(SlowSenderTest::stillTakes)) {
        assertThat(++sent).as("bytes that were taken").isLessThan(BYTES_MAX);
      }
      accepted(demo().send(Payload.limit("BUY", freshStrategy(), ASK, "0.001")));
      await()
          .atMost(Duration.ofMinutes(1))
          .untilAsserted(
              () ->
                  assertThat(reviewer().get("/audit/export?account=service").body().lines())
                      .as("on record")
                      .anyMatch(line -> line.contains("TOO_SLOW") && line.contains("slow-one")));
    } finally {
      for (Socket socket : slow) {
        socket.close();
      }
    }
  }

  @Test
  void areCutOffWhereverTheySendTo() throws Exception {
    try (Socket socket = new Socket(webhook.getHost(), webhook.getPort())) {
      socket.setSoTimeout(50);
      socket
          .getOutputStream()
          .write(
              ("POST /operations/halt HTTP/1.1\r\nHost: localhost\r\nAuthorization: Basic "
                      + Base64.getEncoder()
                          .encodeToString(
                              (TestSecrets.OPERATOR
                                      + ":"
                                      + TestSecrets.passwordOf(TestSecrets.OPERATOR))
                                  .getBytes(StandardCharsets.UTF_8))
                      + "\r\nContent-Length: 1000\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));

      int sent = 0;
      while (stillTakes(socket)) {
        assertThat(++sent).as("bytes that were taken").isLessThan(BYTES_MAX);
      }
    }
  }

  /** One more byte; false once the other side has closed. */
  private static boolean stillTakes(Socket socket) {
    try {
      socket.getOutputStream().write(' ');
      return socket.getInputStream().read() >= 0;
    } catch (java.net.SocketTimeoutException e) {
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
