package dev.signaltoorder.testing;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A collector of traces as users have one: OpenTelemetry's protocol over gRPC, which is what the
 * service speaks unless it is told otherwise. Keeps all that it is sent.
 */
public final class TraceCollector implements QuarkusTestResourceLifecycleManager {
  private static final String EXPORT =
      "/opentelemetry.proto.collector.trace.v1.TraceService/Export";

  /** Before each message: whether it is compressed, and four bytes of its length. */
  private static final int HEAD = 5;

  private static final Queue<byte[]> RECEIVED = new ConcurrentLinkedQueue<>();

  private final Vertx vertx = Vertx.vertx();
  private @Nullable HttpServer server;

  /** One step of a trace; attributes that are texts. */
  public record Span(String traceId, String name, Map<String, String> attributes) {}

  @Override
  public Map<String, String> start() {
    RECEIVED.clear();
    HttpServer starting =
        vertx
            .createHttpServer(new HttpServerOptions().setHost("127.0.0.1").setPort(0))
            .requestHandler(TraceCollector::take)
            .listen()
            .toCompletionStage()
            .toCompletableFuture()
            .join();
    server = starting;
    return Map.of(
        "quarkus.otel.exporter.otlp.endpoint", "http://127.0.0.1:" + starting.actualPort());
  }

  private static void take(HttpServerRequest request) {
    if (!request.path().equals(EXPORT)) {
      var unused = request.response().setStatusCode(404).end();
      return;
    }
    request.bodyHandler(
        body -> {
          boolean readable = body.length() >= HEAD && body.getByte(0) == 0;
          if (readable) {
            RECEIVED.add(body.getBytes(HEAD, HEAD + body.getInt(1)));
          }
          var unused =
              request
                  .response()
                  .putHeader("content-type", "application/grpc")
                  .putTrailer("grpc-status", readable ? "0" : "12")
                  // An answer without any field.
                  .end(Buffer.buffer(new byte[HEAD]));
        });
  }

  /** Those that name a signal. */
  public static List<Span> spansOf(String signalId) {
    return RECEIVED.stream()
        .flatMap(TraceCollector::spans)
        .filter(span -> signalId.equals(span.attributes().get("signal.id")))
        .toList();
  }

  // ExportTraceServiceRequest, ResourceSpans, ScopeSpans, Span of opentelemetry-proto.
  private static Stream<Span> spans(byte[] request) {
    return Protobuf.read(request)
        .messages(1)
        .flatMap(resource -> resource.messages(2))
        .flatMap(scope -> scope.messages(2))
        .map(TraceCollector::span);
  }

  private static Span span(Protobuf span) {
    return new Span(
        HexFormat.of().formatHex(span.one(1)),
        span.text(5),
        span.messages(9)
            .collect(
                Collectors.toMap(
                    attribute -> attribute.text(1),
                    attribute -> Protobuf.read(attribute.one(2)).text(1))));
  }

  /** All that came, whatever it is. */
  public static String bytes() {
    return RECEIVED.stream()
        .map(request -> new String(request, StandardCharsets.ISO_8859_1))
        .collect(Collectors.joining("\n"));
  }

  @Override
  public void stop() {
    if (server != null) {
      var unused = server.close();
    }
    var unused = vertx.close();
  }
}
