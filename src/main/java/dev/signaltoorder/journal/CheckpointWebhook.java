package dev.signaltoorder.journal;

import dev.signaltoorder.http.BoundedCall;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jboss.logging.Logger;

/**
 * Posts signed checkpoints to a witness outside, each at most once and never in anybody's way: when
 * the witness is slow, older ones are dropped, because a newer one attests more. Each is over
 * within five seconds, whatever the witness does.
 */
final class CheckpointWebhook {
  private static final Logger LOG = Logger.getLogger(CheckpointWebhook.class);
  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final int WAITING = 100;

  private final URI address;
  private final HttpClient client;
  private final Duration timeout;
  private final BlockingQueue<String> waiting = new ArrayBlockingQueue<>(WAITING);
  private final Thread thread;
  private boolean failing;

  CheckpointWebhook(URI address) {
    this(
        address,
        HttpClient.newBuilder()
            .connectTimeout(TIMEOUT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build(),
        TIMEOUT);
  }

  /**
   * @param timeout for one post as a whole
   */
  CheckpointWebhook(URI address, HttpClient client, Duration timeout) {
    this.address = address;
    this.client = client;
    this.timeout = timeout;
    this.thread = Thread.ofPlatform().name("checkpoint-webhook").daemon().start(this::run);
  }

  void offer(String note) {
    while (!waiting.offer(note)) {
      waiting.poll();
    }
  }

  void close() {
    thread.interrupt();
    client.shutdownNow();
  }

  private void run() {
    try {
      while (true) {
        post(waiting.take());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void post(String note) throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(address)
            .header("Content-Type", "text/plain; charset=utf-8")
            .POST(HttpRequest.BodyPublishers.ofString(note, StandardCharsets.UTF_8))
            .build();
    try {
      int status = BoundedCall.send(client, request, timeout).statusCode();
      said(status / 100 == 2 ? "" : "it answered " + status);
    } catch (IOException e) {
      said(e.getClass().getSimpleName());
    }
  }

  /** Without the address: it may hold a token. */
  private void said(String failure) {
    if (!failure.isEmpty() && !failing) {
      LOG.warnf("the checkpoint webhook does not take checkpoints: %s", failure);
    }
    failing = !failure.isEmpty();
  }
}
