package dev.signaltoorder.cli;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Asks the running service how it is, for images that have no shell and no other program. */
@Command(
    name = "check-health",
    description = {
      "Asks the service on this machine whether it is ready; prints its answer.",
      "Exit code 0 if it says so, else 1."
    },
    showDefaultValues = true,
    mixinStandardHelpOptions = true)
@RegisterForReflection
final class CheckHealth implements Callable<Integer> {
  private static final Duration TIMEOUT = Duration.ofSeconds(3);
  private static final int SHOWN_CHARS_MAX = 4_000;

  private final Terminal terminal;

  @Spec private @Nullable CommandSpec spec;

  @Option(names = "--url", description = "What to ask.")
  private URI url = URI.create("http://127.0.0.1:9000/q/health/ready");

  CheckHealth(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    if (url.getHost() == null
        || !("http".equals(url.getScheme()) || "https".equals(url.getScheme()))) {
      throw new ParameterException(
          Objects.requireNonNull(spec).commandLine(),
          "check-health: --url is no http or https address");
    }
    try (HttpClient client =
        HttpClient.newBuilder()
            .connectTimeout(TIMEOUT)
            .version(HttpClient.Version.HTTP_1_1)
            .build()) {
      HttpRequest request = HttpRequest.newBuilder(url).timeout(TIMEOUT).build();
      HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
      String text = answer.body();
      terminal.out().println(text.substring(0, Math.min(text.length(), SHOWN_CHARS_MAX)));
      return answer.statusCode() == 200 ? 0 : 1;
    } catch (IOException e) {
      String reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
      terminal.err().println("check-health: no answer from " + url + ": " + reason);
      return 1;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 1;
    }
  }
}
