package dev.signaltoorder.testing;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Stands in front of an exchange and notes which key each private call was made with. A key can be
 * deleted here: from then on it is answered as Kraken answers a key that it does not know.
 */
public final class KeyWitness implements AutoCloseable {
  private static final String NOBODY = "";
  private static final byte[] INVALID_KEY = "{\"error\":[\"EAPI:Invalid key\"]}".getBytes(UTF_8);
  private static final Pattern CLIENT_ORDER_ID = Pattern.compile("(?:^|&)cl_ord_id=([^&]*)");

  /** A private call; {@code clientOrderId}: "" where it has none. */
  public record Call(String key, String endpoint, String clientOrderId) {
    /** It places an order. */
    public boolean isOrder() {
      return endpoint.equals("AddOrder");
    }
  }

  private final ExchangeDoor door;
  private final Queue<Call> calls = new ConcurrentLinkedQueue<>();
  private final Queue<String> complaints = new ConcurrentLinkedQueue<>();
  private final Set<String> deleted = ConcurrentHashMap.newKeySet();

  KeyWitness(URI exchange) {
    door = new ExchangeDoor(exchange, this::carry);
  }

  URI address() {
    return door.address();
  }

  /** The calls made with a key so far, in the order in which they came. */
  public List<Call> callsWith(String key) {
    return calls.stream().filter(call -> call.key().equals(key)).toList();
  }

  /** The orders sent with a key so far. */
  public List<Call> ordersWith(String key) {
    return callsWith(key).stream().filter(Call::isOrder).toList();
  }

  /** Private calls that were answered with an error so far, and with which. */
  public List<String> complaints() {
    return List.copyOf(complaints);
  }

  /** The key is none any more. */
  public void delete(String key) {
    deleted.add(key);
  }

  private void carry(HttpExchange service) throws IOException {
    try (service) {
      byte[] body = service.getRequestBody().readAllBytes();
      String key = service.getRequestHeaders().getFirst("API-Key");
      Call call = call(service, key == null ? NOBODY : key, new String(body, US_ASCII));
      boolean isPrivate = key != null;
      if (isPrivate) {
        calls.add(call);
      }
      if (deleted.contains(call.key())) {
        answer(service, call, 200, INVALID_KEY);
        return;
      }
      HttpResponse<byte[]> answer = door.forward(service, body);
      answer
          .headers()
          .firstValue("X-Price-Origin")
          .ifPresent(origin -> service.getResponseHeaders().set("X-Price-Origin", origin));
      answer(service, call, answer.statusCode(), answer.body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Call call(HttpExchange service, String key, String form) {
    String path = service.getRequestURI().getPath();
    Matcher id = CLIENT_ORDER_ID.matcher(form);
    return new Call(key, path.substring(path.lastIndexOf('/') + 1), id.find() ? id.group(1) : "");
  }

  private void answer(HttpExchange service, Call call, int status, byte[] body) throws IOException {
    String text = new String(body, UTF_8);
    if (!call.key().equals(NOBODY) && !text.contains("\"error\":[]")) {
      complaints.add(call.endpoint() + ": " + status + " " + text);
    }
    service.getResponseHeaders().set("Content-Type", "application/json; charset=utf-8");
    service.sendResponseHeaders(status, body.length);
    service.getResponseBody().write(body);
  }

  @Override
  public void close() {
    door.close();
  }
}
