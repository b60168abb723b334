package dev.signaltoorder.development;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import javax.sql.DataSource;

/**
 * A PostgreSQL with the service's database and roles, in a folder that keeps its data, port and
 * passwords from one start to the next.
 */
public final class LocalDatabase {
  private static final String MEMORY = "postgres.properties";
  private static final String PORT = "port";
  private static final int PASSWORD_BYTES = 24;

  private final PrivateFiles files;
  private final Map<String, String> memory;
  private final PostgresServer server;

  private LocalDatabase(PrivateFiles files, Map<String, String> memory, PostgresServer server) {
    this.files = files;
    this.memory = memory;
    this.server = server;
  }

  /**
   * Prepares, starts nothing yet.
   *
   * @param folder where data, log and passwords are; made if missing
   * @param binaries where PostgreSQL's programs are unpacked; may be shared
   * @param options settings of the server, for {@code postgres -c}
   */
  public static LocalDatabase in(Path folder, Path binaries, Map<String, String> options)
      throws IOException {
    PrivateFiles files = PrivateFiles.in(folder);
    Map<String, String> memory = new TreeMap<>(files.readProperties(MEMORY));
    SecureRandom random = new SecureRandom();
    memory.computeIfAbsent(
        PostgresServer.SUPERUSER, role -> RandomText.ofBytes(PASSWORD_BYTES, random));
    for (String role : DatabaseRoles.ALL) {
      memory.computeIfAbsent(role, any -> RandomText.ofBytes(PASSWORD_BYTES, random));
    }
    // Written before the server knows them: a crash in between loses no password.
    files.writeProperties(MEMORY, memory);
    PostgresServer server =
        new PostgresServer(
            files,
            PostgresBinaries.unpackedBelow(binaries),
            Objects.requireNonNull(memory.get(PostgresServer.SUPERUSER)),
            Integer.parseInt(memory.getOrDefault(PORT, "0")),
            options);
    return new LocalDatabase(files, memory, server);
  }

  /** Starts the server, or finds it running, and makes database and roles where missing. */
  public void start() throws IOException {
    server.start(files);
    memory.put(PORT, Integer.toString(server.port()));
    files.writeProperties(MEMORY, memory);
    try {
      DatabaseRoles.ensure(server.administration("postgres"), this::password);
    } catch (SQLException e) {
      throw new IOException("the database or its roles could not be made", e);
    }
  }

  /** Cuts all connections and stops the server; the data stays. */
  public void stop() throws IOException {
    server.stop();
  }

  /** The service's database as one of its roles. */
  public DataSource as(String role) {
    return PostgresServer.dataSource(server.url(DatabaseRoles.DATABASE), role, password(role));
  }

  /** Quarkus settings: the runtime role for the service, the owner for migrations. */
  public Map<String, String> settings() {
    return Map.of(
        "quarkus.datasource.jdbc.url", server.url(DatabaseRoles.DATABASE),
        "quarkus.datasource.username", DatabaseRoles.RUNTIME,
        "quarkus.datasource.password", password(DatabaseRoles.RUNTIME),
        "quarkus.flyway.username", DatabaseRoles.OWNER,
        "quarkus.flyway.password", password(DatabaseRoles.OWNER));
  }

  /** See {@link PostgresServer#stopCommands}. */
  List<List<String>> stopCommands() throws IOException {
    return server.stopCommands();
  }

  private String password(String role) {
    String password = memory.get(role);
    if (password == null) {
      throw new IllegalArgumentException("no such role: " + role);
    }
    return password;
  }
}
