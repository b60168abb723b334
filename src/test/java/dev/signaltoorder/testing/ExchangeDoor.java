package dev.signaltoorder.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An address on loopback in front of an exchange, for whoever wants to see calls pass. */
public final class ExchangeDoor implements AutoCloseable {
  private static final Duration LONGEST_CALL = Duration.ofSeconds(20);

  private final URI exchange;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /**
   * Opens it.
   *
   * @param visitor gets every call, in a thread of its own
   */
  public ExchangeDoor(URI exchange, HttpHandler visitor) {
    this.exchange = exchange;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", visitor);
    server.start();
  }

  /** Where it is. */
  public URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** What the exchange answers to a call, whose body was read already. */
  public HttpResponse<byte[]> forward(HttpExchange call, byte[] body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(exchange.resolve(call.getRequestURI()))
            .timeout(LONGEST_CALL)
            .method(call.getRequestMethod(), BodyPublishers.ofByteArray(body));
    for (String name : List.of("API-Key", "API-Sign", "Content-Type")) {
      String value = call.getRequestHeaders().getFirst(name);
      if (value != null) {
        request.header(name, value);
      }
    }
    return http.send(request.build(), BodyHandlers.ofByteArray());
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
    http.shutdownNow();
  }
}
