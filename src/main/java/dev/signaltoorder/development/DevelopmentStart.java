package dev.signaltoorder.development;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Makes {@code quarkus:dev} work with no preparation: database, users, a demo source and its
 * secret, all in the folder {@code .signal-to-order}. What the user configured stays.
 */
public final class DevelopmentStart implements Runnable {
  private static final Logger LOG = Logger.getLogger(DevelopmentStart.class);
  private static final String FOLDER = ".signal-to-order";

  /** Set in the JVM once it was prepared; a reload of the application finds it. */
  private static final String PREPARED = "signal-to-order-development.prepared";

  @Override
  public void run() {
    if (System.getProperty(PREPARED) != null) {
      return;
    }
    try {
      prepare(PrivateFiles.in(Path.of(FOLDER)));
    } catch (IOException e) {
      throw new UncheckedIOException("the development environment could not be made ready", e);
    }
    System.setProperty(PREPARED, "true");
  }

  private static void prepare(PrivateFiles files) throws IOException {
    if (configured("quarkus.datasource.jdbc.url").isEmpty()) {
      // Beside the database that they belong to: both are deleted together.
      setUnlessConfigured(
          "signal-to-order.checkpoint-file", files.path(DemoFiles.CHECKPOINTS).toString());
      LocalDatabase database = LocalDatabase.in(files.folder(), files.path("postgresql"), Map.of());
      database.start();
      StopOnExit.register(database.stopCommands());
      database.settings().forEach(System::setProperty);
    }
    DemoFiles demo = new DemoFiles(files);
    Map<String, String> passwords = demo.ensureUsers();
    demo.ensureSecret();
    demo.ensureCheckpointKey();
    int httpPort = configured("quarkus.http.port").map(Integer::valueOf).orElse(8080);
    demo.writeSender(httpPort);
    setUnlessConfigured("signal-to-order.users-file", files.path(DemoFiles.USERS).toString());
    setUnlessConfigured("signal-to-order.sources.demo.auth", "standard-webhooks");
    setUnlessConfigured(
        "signal-to-order.sources.demo.secrets-file", files.path(DemoFiles.SECRET).toString());
    setUnlessConfigured(
        "signal-to-order.checkpoint-key-file", files.path(DemoFiles.CHECKPOINT_KEY).toString());
    setUnlessConfigured(
        "signal-to-order.paper.state-file", files.path("paper-exchange.json").toString());
    LOG.info(announcement(files, passwords, httpPort));
  }

  private static String announcement(
      PrivateFiles files, Map<String, String> passwords, int httpPort) {
    StringBuilder text = new StringBuilder("development environment\n\n");
    text.append("  console        http://localhost:").append(httpPort).append("/\n");
    if (passwords.isEmpty()) {
      text.append("  users          see ")
          .append(files.path(DemoFiles.USERS))
          .append(" (delete it for new passwords)\n");
    }
    passwords.forEach(
        (user, password) ->
            text.append(String.format(Locale.ROOT, "  user           %-10s %s%n", user, password)));
    if (!passwords.isEmpty()) {
      text.append("                 these passwords are shown only now and kept nowhere\n");
    }
    return text.append("  send a signal  ")
        .append(files.path(DemoFiles.SEND_SAMPLE))
        .append("\n  data           ")
        .append(files.folder())
        .append(" (delete it to begin anew)\n")
        .toString();
  }

  private static void setUnlessConfigured(String name, String value) {
    if (configured(name).isEmpty()) {
      System.setProperty(name, value);
    }
  }

  /** As a system property or environment variable; nothing else is read before Quarkus starts. */
  private static Optional<String> configured(String name) {
    return Optional.ofNullable(System.getProperty(name))
        .or(
            () ->
                Optional.ofNullable(
                    System.getenv(name.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT))));
  }
}
