package dev.signaltoorder.paper;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A websocket client of its own, written from Kraken's documentation alone. */
final class TestSocket implements AutoCloseable, WebSocket.Listener {

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

  private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
  private final StringBuilder partial = new StringBuilder();
  private final HttpClient client = HttpClient.newHttpClient();
  private final WebSocket socket;
  volatile boolean closed;

  TestSocket(URI url) {
    this.socket = client.newWebSocketBuilder().buildAsync(url, this).join();
  }

  @Override
  public synchronized @Nullable CompletionStage<?> onText(
      WebSocket from, CharSequence data, boolean last) {
    partial.append(data);
    if (last) {
      received.add(partial.toString());
      partial.setLength(0);
    }
    from.request(1);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket from, int status, String reason) {
    closed = true;
    return null;
  }

  @Override
  public void onError(WebSocket from, Throwable error) {
    closed = true;
  }

  TestSocket send(String text) {
    socket.sendText(text, true).join();
    return this;
  }

  /** Subscribes; {@code params} is the inside of the object, quotes written as {@code '}. */
  TestSocket subscribe(String params) {
    return send("{\"method\":\"subscribe\",\"params\":{" + params.replace('\'', '"') + "}}");
  }

  String nextText() throws InterruptedException {
    String text = received.poll(60, TimeUnit.SECONDS);
    if (text == null) {
      throw new AssertionError("nothing came within ten seconds");
    }
    return text;
  }

  /** The next message that is no heartbeat. */
  JsonNode next() throws InterruptedException {
    return next(message -> !message.path("channel").asText().equals("heartbeat"));
  }

  /** The next message of a channel and type. */
  JsonNode next(String channel, String type) throws InterruptedException {
    return next(
        message ->
            message.path("channel").asText().equals(channel)
                && message.path("type").asText().equals(type));
  }

  JsonNode answer() throws InterruptedException {
    return next(message -> message.has("success") || message.path("method").isTextual());
  }

  JsonNode next(Predicate<JsonNode> wanted) throws InterruptedException {
    while (true) {
      JsonNode message = read(nextText());
      if (wanted.test(message)) {
        return message;
      }
    }
  }

  /** What came so far and was not taken. */
  List<JsonNode> drain() {
    List<String> texts = new ArrayList<>();
    received.drainTo(texts);
    return texts.stream().map(TestSocket::read).toList();
  }

  private static JsonNode read(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new AssertionError("not JSON: " + text, e);
    }
  }

  @Override
  public void close() {
    socket.abort();
    client.shutdownNow();
  }
}
