package dev.signaltoorder.operations;

import dev.signaltoorder.problem.ConfigurationCheck;
import dev.signaltoorder.problem.ConfigurationProblem;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;

/** Names TLS configurations whose files are missing, cannot be read, or do not belong together. */
@Singleton
class TlsCheck implements ConfigurationCheck {
  private static final String ALLOWED =
      "files that this process may read: a certificate with the private key that fits it, and"
          + " authorities";

  private final TlsFiles files;

  TlsCheck(TlsFiles files) {
    this.files = files;
  }

  @Override
  public List<ConfigurationProblem> problems() {
    List<ConfigurationProblem> problems = new ArrayList<>();
    files.servers().entrySet().stream()
        .filter(server -> !files.knows(server.getValue()))
        .map(
            server ->
                new ConfigurationProblem(
                    server.getKey(),
                    "there is no \"" + server.getValue() + "\"",
                    "the name of a TLS configuration, quarkus.tls.<name>.*"))
        .forEach(problems::add);
    List<String> names = new ArrayList<>();
    files.names().forEach(names::add);
    if (!names.isEmpty()) {
      read(names, problems);
    }
    return problems;
  }

  /** With a Vert.x of its own: the service's is not there yet when this is asked first. */
  private void read(List<String> names, List<ConfigurationProblem> problems) {
    Vertx vertx =
        Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setInternalBlockingPoolSize(1));
    try {
      for (String name : names) {
        try {
          files.read(name, vertx);
        } catch (TlsFiles.UnusableException e) {
          problems.add(
              new ConfigurationProblem(
                  TlsFiles.setting(name), String.valueOf(e.getMessage()), ALLOWED));
        }
      }
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().join();
    }
  }
}
