package dev.signaltoorder.testing;

import dev.signaltoorder.development.LocalDatabase;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A real PostgreSQL for tests, with the service's database and roles: one server per JVM, made at
 * its first use and shared by all test classes, gone with the JVM. A test may take it away and
 * bring it back: {@link #stopServer()} and {@link #startServer()} keep port and data. Every service
 * begins with an empty database: it also meets a new exchange, which knows none of the orders that
 * the one before left open.
 */
public final class PostgresResource implements QuarkusTestResourceLifecycleManager {
  // Outside the class loaders that Quarkus makes per test profile, so that all see one server.
  private static final String FOLDER_PROPERTY = "signal-to-order-test.postgres-folder";

  // Speed, not safety: nothing here has to survive the machine.
  private static final Map<String, String> OPTIONS =
      Map.of("fsync", "off", "full_page_writes", "off", "max_connections", "100");
  private static final String OWNER = "s2o_owner";
  private static final String OBJECT_IN_USE = "55006";
  private static final int ATTEMPTS = 12;
  private static final Path BINARIES = Path.of("target", "postgresql");
  private static final AtomicReference<LocalDatabase> DATABASE = new AtomicReference<>();

  @Override
  public Map<String, String> start() {
    LocalDatabase database = database();
    try {
      drop((PGSimpleDataSource) database.as(OWNER));
      database.start();
    } catch (SQLException | IOException e) {
      throw new IllegalStateException("there is no empty database for the next service", e);
    }
    return settings();
  }

  /** For a service beside another one: the database as it is. */
  public static Map<String, String> settings() {
    return new TreeMap<>(database().settings());
  }

  /** The connections of a service that has ended may take a moment to be gone. */
  private static void drop(PGSimpleDataSource used) throws SQLException {
    String name = used.getDatabaseName();
    used.setDatabaseName("postgres");
    for (int attempt = 1; ; attempt++) {
      try (Connection connection = used.getConnection();
          Statement statement = connection.createStatement()) {
        statement.execute("DROP DATABASE " + name);
        return;
      } catch (SQLException e) {
        // PostgreSQL itself has waited for five seconds.
        if (attempt == ATTEMPTS || !e.getSQLState().equals(OBJECT_IN_USE)) {
          throw e;
        }
      }
    }
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
