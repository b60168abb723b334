package dev.signaltoorder.testing;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Somebody outside who is told things: notes what is posted below {@code /to/}, answers as it was
 * asked to. Tests talk to it over HTTP, because it lives in another class loader.
 */
public final class ReceiverResource implements QuarkusTestResourceLifecycleManager {
  /** Setting that the tests find the receiver by. */
  public static final String ADDRESS = "test.receiver";

  /** What the posts are signed with. */
  public static final String SECRET = "whsec_b3V0Ym91bmQtc2VjcmV0LW9mLXRoZS10ZXN0cyE=";

  /** Part of Slack's address, a secret. */
  public static final String SLACK_TOKEN = "T0CANARYSLACK77";

  private final List<ObjectNode> received = new CopyOnWriteArrayList<>();
  private final Map<String, Integer> answers = new ConcurrentHashMap<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Path> files = new ArrayList<>();
  private HttpServer server;

  @Override
  public Map<String, String> start() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.setExecutor(threads);
      server.createContext("/to/", this::take);
      server.createContext("/received", this::tell);
      server.createContext("/forget", this::forget);
      server.createContext("/answer/", this::behave);
      server.start();
      String address = "http://127.0.0.1:" + server.getAddress().getPort();
      String secret = file(SECRET);
      Map<String, String> settings = new LinkedHashMap<>();
      settings.put(ADDRESS, address);
      settings.put("signal-to-order.notifications.hook.type", "webhook");
      settings.put("signal-to-order.notifications.hook.url", address + "/to/hook");
      settings.put("signal-to-order.notifications.hook.secret-file", secret);
      settings.put("signal-to-order.notifications.hook.events", "halt,resume,quarantine");
      settings.put("signal-to-order.notifications.chat.type", "slack");
      settings.put(
          "signal-to-order.notifications.chat.url-file", file(address + "/to/chat/" + SLACK_TOKEN));
      settings.put("signal-to-order.notifications.post.type", "email");
      settings.put("signal-to-order.notifications.post.to", "operator@example.com");
      settings.put("signal-to-order.feed.voc.url", address + "/to/voc");
      settings.put("signal-to-order.feed.voc.secret-file", secret);
      return settings;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String file(String content) throws IOException {
    Path file = Files.createTempFile("receiver", ".secret");
    files.add(file);
    return Files.writeString(file, content + "\n").toString();
  }

  private void take(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    String to = exchange.getRequestURI().getPath().split("/", -1)[2];
    int answer = answers.getOrDefault(to, 204);
    ObjectNode note = JsonNodeFactory.instance.objectNode().put("to", to).put("body", body);
    for (String header : List.of("webhook-id", "webhook-timestamp", "webhook-signature")) {
      note.put(header, exchange.getRequestHeaders().getFirst(header));
    }
    received.add(note.put("answer", answer));
    exchange.sendResponseHeaders(answer, -1);
    exchange.close();
  }

  private void tell(HttpExchange exchange) throws IOException {
    byte[] all = received.toString().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(200, all.length);
    exchange.getResponseBody().write(all);
    exchange.close();
  }

  private void forget(HttpExchange exchange) throws IOException {
    received.clear();
    exchange.sendResponseHeaders(204, -1);
    exchange.close();
  }

  private void behave(HttpExchange exchange) throws IOException {
    String[] path = exchange.getRequestURI().getPath().split("/", -1);
    answers.put(path[2], Integer.parseInt(path[3]));
    exchange.sendResponseHeaders(204, -1);
    exchange.close();
  }

  @Override
  public void stop() {
    if (server != null) {
      server.stop(0);
    }
    threads.shutdownNow();
    try {
      for (Path file : files) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      // A leftover in the temporary folder harms nobody.
    }
  }
}
