package dev.signaltoorder.development;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * One PostgreSQL server over one data folder, on a loopback port, with a password for everybody.
 * The server is a process of its own and outlives this object, also a JVM that was killed: starting
 * finds such a server and uses it.
 */
final class PostgresServer {
  static final String SUPERUSER = "postgres";

  private static final String MAJOR_VERSION = "18";
  private static final Duration READY_WAIT_MAX = Duration.ofSeconds(30);
  private static final int READY_POLL_MS = 100;
  private static final int SMART_STOP_SECONDS_MAX = 5;

  private final Path data;
  private final PostgresTools tools;
  private final String superuserPassword;
  private final Map<String, String> options;
  private int port;

  /**
   * Nothing runs yet.
   *
   * @param files the data folder is made in its folder
   * @param options settings of the server beyond the ones it needs here
   */
  PostgresServer(
      PrivateFiles files,
      Path binaries,
      String superuserPassword,
      int preferredPort,
      Map<String, String> options) {
    this.data = files.path("postgres");
    this.tools = new PostgresTools(binaries, files.path("postgres.log"));
    this.superuserPassword = superuserPassword;
    this.port = preferredPort;
    this.options = Map.copyOf(options);
  }

  /** Where it listens, once started. */
  int port() {
    return port;
  }

  /** Returns when connections are taken: from the server that runs already, or from a new one. */
  void start(PrivateFiles files) throws IOException {
    if (joinRunning()) {
      return;
    }
    if (!Files.exists(data)) {
      initialise(files);
    }
    String version = Files.readString(data.resolve("PG_VERSION")).strip();
    if (!version.equals(MAJOR_VERSION)) {
      throw new IOException(
          data
              + " was made by PostgreSQL "
              + version
              + ", this is "
              + MAJOR_VERSION
              + ": move the folder away, or dump it with the old version");
    }
    port = freePort(port);
    tools.run(
        "pg_ctl",
        "start",
        "-D",
        data.toString(),
        "-l",
        tools.log().toString(),
        "-w",
        "-t",
        "60",
        "-o",
        serverOptions());
    if (!joinRunning()) {
      throw new IOException("PostgreSQL ended right after its start, see " + tools.log());
    }
  }

  /** Ends all connections and the server; returns when it has gone. */
  void stop() throws IOException {
    tools.run("pg_ctl", "stop", "-D", data.toString(), "-m", "fast", "-w", "-t", "30");
  }

  /**
   * Commands that stop the server, the first that succeeds does: at first politely, so that an
   * application that is going down at the same time can finish its work.
   */
  List<List<String>> stopCommands() throws IOException {
    return List.of(
        tools.command(
            "pg_ctl",
            "stop",
            "-D",
            data.toString(),
            "-m",
            "smart",
            "-w",
            "-t",
            Integer.toString(SMART_STOP_SECONDS_MAX)),
        tools.command("pg_ctl", "stop", "-D", data.toString(), "-m", "fast", "-w", "-t", "30"));
  }

  /** As the superuser. */
  DataSource administration(String database) {
    return dataSource(url(database), SUPERUSER, superuserPassword);
  }

  String url(String database) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
  }

  static DataSource dataSource(String url, String user, String password) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(url);
    source.setUser(user);
    source.setPassword(password);
    source.setConnectTimeout(5);
    return source;
  }

  /** Whether a server runs on the folder and takes connections; waits for one that is busy. */
  private boolean joinRunning() throws IOException {
    Optional<Postmaster> running = Postmaster.of(data);
    long deadlineNanos = System.nanoTime() + READY_WAIT_MAX.toNanos();
    while (running.isPresent()) {
      port = running.get().port();
      try (Connection connection = administration("postgres").getConnection()) {
        return connection.isValid(5);
      } catch (SQLException e) {
        if (System.nanoTime() > deadlineNanos) {
          throw new IOException("PostgreSQL runs but takes no connection, see " + tools.log(), e);
        }
        pause();
      }
      running = Postmaster.of(data);
    }
    return false;
  }

  private void initialise(PrivateFiles files) throws IOException {
    // Made beside and moved: a folder with the final name is complete.
    Path fresh = files.path("postgres.new");
    delete(fresh);
    files.write("postgres.password", superuserPassword);
    try {
      tools.run(
          "initdb",
          "-D",
          fresh.toString(),
          "-U",
          SUPERUSER,
          "-A",
          "scram-sha-256",
          "--pwfile",
          files.path("postgres.password").toString(),
          "-E",
          "UTF8",
          "--no-locale");
    } finally {
      Files.delete(files.path("postgres.password"));
    }
    Files.move(fresh, data, StandardCopyOption.ATOMIC_MOVE);
  }

  private String serverOptions() {
    String all =
        options.entrySet().stream()
            .map(option -> " -c " + option.getKey() + "=" + option.getValue())
            .collect(Collectors.joining());
    // No Unix socket: its usual folder is open to everybody, and its path may be too long
    // elsewhere.
    return "-p "
        + port
        + " -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c timezone=UTC"
        + all;
  }

  /** The preferred port if nobody has it, else any free one. */
  private static int freePort(int preferred) throws IOException {
    try (ServerSocket socket = new ServerSocket(preferred, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    List<Path> deepestFirst;
    try (Stream<Path> paths = Files.walk(folder)) {
      deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : deepestFirst) {
      Files.delete(path);
    }
  }

  private static void pause() throws IOException {
    try {
      Thread.sleep(READY_POLL_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while PostgreSQL was starting", e);
    }
  }
}
