package dev.signaltoorder.testing;

import dev.signaltoorder.development.LocalDatabase;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import javax.sql.DataSource;

/**
 * A real PostgreSQL for tests, with the service's database and roles: one per JVM, made at its
 * first use and shared by all test classes, gone with the JVM. A test may take it away and bring it
 * back: {@link #stopServer()} and {@link #startServer()} keep port and data.
 */
public final class PostgresResource implements QuarkusTestResourceLifecycleManager {
  // Outside the class loaders that Quarkus makes per test profile, so that all see one server.
  private static final String FOLDER_PROPERTY = "signal-to-order-test.postgres-folder";

  // Speed, not safety: nothing here has to survive the machine.
  private static final Map<String, String> OPTIONS =
      Map.of("fsync", "off", "full_page_writes", "off", "max_connections", "100");
  private static final Path BINARIES = Path.of("target", "postgresql");
  private static final AtomicReference<LocalDatabase> DATABASE = new AtomicReference<>();

  @Override
  public Map<String, String> start() {
    return new TreeMap<>(database().settings());
  }

  /** Leaves the server to the next test class; it ends with the JVM. */
  @Override
  public void stop() {}

  /** Cuts all connections and stops the server; the data stays. */
  public static void stopServer() {
    try {
      database().stop();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Brings the stopped server back on the same port. */
  public static void startServer() {
    try {
      database().start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The service's database as {@code s2o_owner}, {@code s2o_runtime} or {@code s2o_reviewer}. */
  public static DataSource as(String role) {
    return database().as(role);
  }

  private static LocalDatabase database() {
    synchronized (System.getProperties()) {
      LocalDatabase known = DATABASE.get();
      if (known != null) {
        return known;
      }
      try {
        String folder = System.getProperty(FOLDER_PROPERTY);
        boolean first = folder == null;
        Path made = first ? Files.createTempDirectory("signal-to-order-test") : Path.of(folder);
        LocalDatabase database = LocalDatabase.in(made, BINARIES, OPTIONS);
        if (first) {
          // Before the start: what started half is also cleaned up.
          Runtime.getRuntime().addShutdownHook(new Thread(() -> remove(database, made)));
        }
        database.start();
        System.setProperty(FOLDER_PROPERTY, made.toString());
        DATABASE.set(database);
        return database;
      } catch (IOException e) {
        throw new UncheckedIOException("the tests' PostgreSQL does not start", e);
      }
    }
  }

  private static void remove(LocalDatabase database, Path folder) {
    try {
      database.stop();
    } catch (IOException e) {
      // Already stopped by a test, or never started.
    }
    try (Stream<Path> paths = Files.walk(folder)) {
      List<Path> deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
      for (Path path : deepestFirst) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      // A leftover in the temporary folder harms nobody.
    }
  }
}
