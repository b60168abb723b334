package dev.signaltoorder.testing;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Somebody who calls the audit and operations interface. */
public final class Person {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final URI service;
  private final @Nullable String credentials;

  private Person(URI service, @Nullable String credentials) {
    this.service = service;
    this.credentials = credentials;
  }

  /** With one of the tests' passwords. */
  public static Person named(URI service, String name) {
    return withPassword(service, name, TestSecrets.passwordOf(name));
  }

  static Person withPassword(URI service, String name, String password) {
    byte[] pair = (name + ":" + password).getBytes(StandardCharsets.UTF_8);
    return new Person(service, "Basic " + Base64.getEncoder().encodeToString(pair));
  }

  static Person withToken(URI service, String token) {
    return new Person(service, "Bearer " + token);
  }

  static Person anonymous(URI service) {
    return new Person(service, null);
  }

  /** GET with the default form of the answer. */
  public Answer get(String path) {
    return get(path, "*/*");
  }

  /** GET. Who is turned away because signals wait to be decided asks again, as the answer says. */
  public Answer get(String path, String accept) {
    Answer answer = once(path, accept);
    return turnedAway(answer)
        ? await()
            .atMost(Duration.ofMinutes(2))
            .pollInterval(Duration.ofMillis(500))
            .until(() -> once(path, accept), again -> !turnedAway(again))
        : answer;
  }

  private Answer once(String path, String accept) {
    return call(request(path).header("Accept", accept).GET());
  }

  private static boolean turnedAway(Answer answer) {
    return answer.status() == 503 && answer.body().contains("Ask again after Retry-After");
  }

  /** Lines of an answer that does not end, until such a one comes. */
  public List<String> streamUntil(String path, Predicate<String> last, Duration patience) {
    List<String> lines = Collections.synchronizedList(new ArrayList<>());
    HttpRequest request = request(path).header("Accept", "text/event-stream").GET().build();
    var answer = HTTP.sendAsync(request, BodyHandlers.ofLines());
    Thread reader =
        Thread.startVirtualThread(
            () -> {
              try (Stream<String> body = answer.join().body()) {
                body.takeWhile(line -> lines.add(line) && !last.test(line)).forEach(line -> {});
              }
            });
    try {
      reader.join(patience);
      return List.copyOf(lines);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } finally {
      reader.interrupt();
    }
  }

  /** Any method with a JSON body. */
  public Answer call(String method, String path, String json) {
    return call(
        request(path)
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(json)));
  }

  /** POST of texts. */
  public Answer post(String path, Map<String, String> body) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    body.forEach(json::put);
    return call("POST", path, json.toString());
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request = HttpRequest.newBuilder(service.resolve(path));
    return credentials == null ? request : request.header("Authorization", credentials);
  }

  private static Answer call(HttpRequest.Builder request) {
    try {
      return Answer.of(HTTP.send(request.build(), BodyHandlers.ofString()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
