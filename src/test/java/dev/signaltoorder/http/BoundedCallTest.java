package dev.signaltoorder.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.signaltoorder.testing.StallingReceiver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class BoundedCallTest {
  private static final Duration LONG = Duration.ofMinutes(2);
  private static final Duration SHORT = Duration.ofMillis(300);

  private final HttpClient client = HttpClient.newHttpClient();

  @AfterEach
  void close() {
    client.shutdownNow();
  }

  @Test
  @Timeout(value = 300, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void aReceiverThatStallsAfterItsHeadersIsGivenUp() throws Exception {
    try (StallingReceiver receiver = new StallingReceiver()) {
      // Again where a slow machine had not even asked within so short a time.
      await()
          .atMost(LONG)
          .until(
              () -> {
                assertThatThrownBy(() -> BoundedCall.send(client, post(receiver.address()), SHORT))
                    .isInstanceOf(HttpTimeoutException.class);
                return receiver.givenUp() > 0;
              });
      receiver.answerFromNowOn();
      assertThat(BoundedCall.send(client, post(receiver.address()), LONG).statusCode())
          .isEqualTo(200);
    }
  }

  @Test
  void whoIsNotThereIsAFailureOfInput() throws Exception {
    URI nobody;
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = URI.create("http://127.0.0.1:" + closed.getLocalPort() + "/");
    }

    assertThatThrownBy(() -> BoundedCall.send(client, post(nobody), LONG))
        .isInstanceOf(IOException.class)
        .isNotInstanceOf(HttpTimeoutException.class);
  }

  private static HttpRequest post(URI address) {
    return HttpRequest.newBuilder(address)
        .POST(HttpRequest.BodyPublishers.ofString("something"))
        .build();
  }
}
