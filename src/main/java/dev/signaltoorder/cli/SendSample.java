package dev.signaltoorder.cli;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Signs and posts example signals, as a sender would. */
@Command(
    name = "send-sample",
    description = {
      "Signs a fresh example signal and posts it; prints status and answer.",
      "Exit code 0 if every answer was 2xx, else 1."
    },
    showDefaultValues = true,
    mixinStandardHelpOptions = true)
@RegisterForReflection
final class SendSample implements Callable<Integer> {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final int COUNT_MAX = 10_000;
  private static final int SHOWN_CHARS_MAX = 2_000;

  private final Terminal terminal;
  private final Clock clock;

  @Spec private @Nullable CommandSpec spec;

  @Option(names = "--url", description = "Where to post.")
  private URI url = URI.create("http://localhost:8080/webhooks/demo");

  @Option(names = "--secret-file", description = "File with the source's whsec_ secret.")
  private Path secretFile = Path.of(".signal-to-order", "demo.secret");

  @Option(names = "--pair", description = "The pair to trade.")
  private String pair = "BTC/USD";

  @Option(names = "--action", description = "BUY, SELL, CLOSE or CANCEL.")
  private String action = "BUY";

  @Option(names = "--count", description = "How many different signals, one after the other.")
  private int count = 1;

  SendSample(Terminal terminal, Clock clock) {
    this.terminal = terminal;
    this.clock = clock;
  }

  @Override
  public Integer call() throws IOException {
    check(count >= 1 && count <= COUNT_MAX, "--count is not between 1 and " + COUNT_MAX);
    check(
        url.getHost() != null
            && ("http".equals(url.getScheme()) || "https".equals(url.getScheme())),
        "--url is no http or https address");
    WebhookSecret secret = secret();
    boolean allTaken = true;
    try (HttpClient client = newClient()) {
      for (int i = 0; i < count; i++) {
        allTaken &= send(client, secret);
      }
    } catch (IOException e) {
      String reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
      terminal.err().println("send-sample: no answer from " + url + ": " + reason);
      return 1;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 1;
    }
    return allTaken ? 0 : 1;
  }

  private static HttpClient newClient() {
    return HttpClient.newBuilder()
        .connectTimeout(TIMEOUT)
        // As senders do; the default asks every server for an upgrade to HTTP/2 first.
        .version(HttpClient.Version.HTTP_1_1)
        .build();
  }

  private boolean send(HttpClient client, WebhookSecret secret)
      throws IOException, InterruptedException {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    SampleSignal signal = SampleSignal.fresh(pair, action, now);
    byte[] body = signal.body();
    HttpRequest request =
        HttpRequest.newBuilder(url)
            .timeout(TIMEOUT)
            .header("Content-Type", "application/json")
            .header("webhook-id", signal.deliveryId())
            .header("webhook-timestamp", Long.toString(now.getEpochSecond()))
            .header(
                "webhook-signature",
                secret.signature(signal.deliveryId(), now.getEpochSecond(), body))
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build();
    HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
    String text = answer.body();
    terminal
        .out()
        .println(
            answer.statusCode()
                + " "
                + text.substring(0, Math.min(text.length(), SHOWN_CHARS_MAX)));
    return answer.statusCode() / 100 == 2;
  }

  /** The first secret of the file, which has one a line. */
  private WebhookSecret secret() {
    List<String> lines;
    try {
      lines = Files.readAllLines(secretFile);
    } catch (IOException e) {
      throw wrong("cannot read the secret file " + secretFile + "; name it with --secret-file");
    }
    String first =
        lines.stream()
            .map(String::strip)
            .filter(line -> !line.isEmpty() && !line.startsWith("#"))
            .findFirst()
            .orElse("");
    try {
      return WebhookSecret.parse(first);
    } catch (IllegalArgumentException e) {
      throw wrong(secretFile + ": " + e.getMessage());
    }
  }

  private void check(boolean holds, String otherwise) {
    if (!holds) {
      throw wrong(otherwise);
    }
  }

  private ParameterException wrong(String message) {
    return new ParameterException(
        Objects.requireNonNull(spec).commandLine(), "send-sample: " + message);
  }
}
