package dev.signaltoorder.crash;

import dev.signaltoorder.access.PasswordHash;
import dev.signaltoorder.access.Roles;
import dev.signaltoorder.access.UsersFile;
import dev.signaltoorder.development.LocalDatabase;
import dev.signaltoorder.paper.PaperAccount;
import dev.signaltoorder.paper.PaperExchangeServer;
import dev.signaltoorder.paper.PaperSettings;
import dev.signaltoorder.paper.SimulatedExchange;
import dev.signaltoorder.testing.TestSecrets;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * All that outlives the program: PostgreSQL, the simulated exchange, the gates in front of both,
 * and the program's files. None of it is in the program's process.
 */
final class Place implements AutoCloseable {
  static final String ACCOUNT = "main";

  private static final Path OUTPUT = Path.of("target", "crash");
  private static final Path BINARIES = Path.of("target", "postgresql");
  private static final String MUCH = "1000000000";
  private static final String MANY = "10000";

  // What is tested dies with kill -9, not with the machine: what PostgreSQL has written, it has.
  private static final Map<String, String> OPTIONS =
      Map.of("fsync", "off", "max_connections", "100");

  private final Path folder;
  private final Path log;
  private final LocalDatabase database;
  private final Sql sql;
  private final DatabaseGate databaseGate;
  private final Vertx vertx = Vertx.vertx();
  private final PaperExchangeServer server;
  private final KrakenGate krakenGate;

  Place(long seed) throws IOException {
    Files.createDirectories(OUTPUT);
    log = OUTPUT.resolve("program.log").toAbsolutePath();
    Files.deleteIfExists(log);
    folder = Files.createTempDirectory("signal-to-order-crash");
    database = LocalDatabase.in(folder.resolve("database"), BINARIES, OPTIONS);
    Runtime.getRuntime().addShutdownHook(new Thread(this::remove));
    database.start();
    sql = new Sql(database.as("s2o_owner"));
    databaseGate = new DatabaseGate(this::databasePort);
    server =
        new PaperExchangeServer(
            PaperSettings.walk(seed)
                .withBalances(Map.of("ZUSD", new BigDecimal(MUCH), "XXBT", new BigDecimal(MANY))),
            Clock.systemUTC(),
            vertx);
    server.exchange().setPrice("BTC/USD", Senders.BID, Senders.ASK);
    krakenGate = new KrakenGate(server.start(), this::intentOf);
    configure(server.createAccount(ACCOUNT));
  }

  SimulatedExchange exchange() {
    return server.exchange();
  }

  DatabaseGate databaseGate() {
    return databaseGate;
  }

  KrakenGate krakenGate() {
    return krakenGate;
  }

  Sql sql() {
    return sql;
  }

  Path log() {
    return log;
  }

  /** A program in this place; it is not waited for. */
  Program startProgram(Map<String, String> settings) {
    return Program.start(folder, log, settings);
  }

  /** PostgreSQL stops as by {@code pg_ctl stop -m immediate}: no goodbye, no checkpoint. */
  void crashDatabase() throws IOException {
    Path pidFile = folder.resolve("database").resolve("postgres").resolve("postmaster.pid");
    String pid = Files.readAllLines(pidFile).getFirst().strip();
    Process quit = new ProcessBuilder("kill", "-QUIT", pid).start();
    Awaitility.await("PostgreSQL is gone")
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(20))
        .until(
            () ->
                !quit.isAlive()
                    && ProcessHandle.of(Long.parseLong(pid))
                        .filter(ProcessHandle::isAlive)
                        .isEmpty());
  }

  void startDatabase() throws IOException {
    database.start();
  }

  /** New sessions may read only, as after a failover or with a full disk. */
  void forbidWrites() throws SQLException {
    sql.run("alter database signal_to_order set default_transaction_read_only = on");
    databaseGate.cut();
  }

  void allowWrites() throws SQLException {
    sql.run(
        "set default_transaction_read_only = off",
        "alter database signal_to_order reset default_transaction_read_only");
    databaseGate.cut();
  }

  /** The journal and the exchange's book, as text beside the program's log. */
  void keepEvidence() throws SQLException, IOException {
    List<String> lines = new ArrayList<>();
    for (var row :
        sql.rows(
            "select account, seq, recorded_at, kind, signal_id, order_id, body, raw from journal"
                + " order by account, seq")) {
      row.computeIfPresent(
          "raw", (name, raw) -> new String((byte[]) raw, StandardCharsets.ISO_8859_1));
      lines.add(row.toString());
    }
    exchange().orders().forEach(order -> lines.add(order.toString()));
    Files.write(OUTPUT.resolve("journal.txt"), lines);
  }

  private int databasePort() {
    String url = database.settings().get("quarkus.datasource.jdbc.url");
    return URI.create(url.substring("jdbc:".length())).getPort();
  }

  private KrakenGate.Intent intentOf(String clientOrderId) {
    try {
      long intents =
          sql.number(
              "select count(*) from journal where kind = 'order-intended' and order_id = ?",
              UUID.fromString(clientOrderId));
      return intents == 1 ? KrakenGate.Intent.COMMITTED : KrakenGate.Intent.MISSING;
    } catch (SQLException e) {
      return KrakenGate.Intent.UNKNOWN;
    }
  }

  private void configure(PaperAccount account) throws IOException {
    Map<String, String> settings = new TreeMap<>(database.settings());
    settings.put(
        "quarkus.datasource.jdbc.url",
        "jdbc:postgresql://127.0.0.1:" + databaseGate.port() + "/signal_to_order");
    settings.put("signal-to-order.mode", "live");
    settings.put("signal-to-order.kraken.rest-url", krakenGate.address().toString());
    settings.put("signal-to-order.kraken.read-timeout", "3s");
    String main = "signal-to-order.accounts." + ACCOUNT + ".";
    settings.put(main + "tier", "pro");
    settings.put(main + "trade-key-file", write("key", account.apiKey()));
    settings.put(main + "trade-secret-file", write("secret", account.apiSecret()));
    settings.put("signal-to-order.orders.deadline", "3s");
    settings.put("signal-to-order.orders.send-within", "1s");
    settings.put("signal-to-order.orders.silence-final-after", "5s");
    settings.put("signal-to-order.orders.look-up-every", "3s");
    settings.put(
        "signal-to-order.users-file",
        write(
            "users",
            user(TestSecrets.OPERATOR, Roles.OPERATOR),
            user(TestSecrets.REVIEWER, Roles.REVIEWER)));
    String source = "signal-to-order.sources." + Senders.SOURCE + ".";
    settings.put(source + "auth", "standard-webhooks");
    settings.put(source + "secrets-file", write("webhook-secret", TestSecrets.DEMO));
    settings.put(source + "rate-limit", "100000");
    settings.put("signal-to-order.webhooks.address-rate-limit", "100000");
    roomyRules(settings);
    Path config = folder.resolve("config");
    Files.createDirectories(config);
    Files.writeString(
        config.resolve("application.properties"),
        settings.entrySet().stream()
            .map(setting -> setting.getKey() + "=" + setting.getValue() + "\n")
            .collect(Collectors.joining()));
  }

  private static void roomyRules(Map<String, String> settings) {
    Map<String, String> rules = new TreeMap<>();
    // A signal that waits out several crashes is still traded: nothing hides behind its age.
    rules.put("stale-signal.max-age", "3600");
    rules.put("max-order-notional.limit", MANY);
    rules.put("open-orders.count", MANY);
    rules.put("open-orders.notional", MUCH);
    rules.put("position-limit.limit", MUCH);
    rules.put("daily-notional.limit", MUCH);
    rules.put("duplicate-order.window", "0");
    rules.put("message-throttle.per-second", MANY);
    rules.put("message-throttle.per-minute", MANY);
    rules.put("message-throttle.per-hour", MANY);
    rules.put("message-throttle.per-day", MANY);
    rules.put("strategy-throttle.per-minute", MANY);
    rules.put("strategy-throttle.per-day", MANY);
    rules.put("repeated-execution.count", MANY);
    rules.put("pyramiding.max-entries", "10000");
    rules.put("unknown-orders.count", "10000");
    rules.put("error-rate.limit", "100");
    rules.put("daily-loss.limit.USD", MUCH);
    rules.put("drawdown.limit.USD", MUCH);
    rules.put("loss-streak.count", "1000");
    rules.forEach((name, value) -> settings.put("signal-to-order.rules.override." + name, value));
  }

  private static String user(String name, String role) {
    char[] password = TestSecrets.passwordOf(name).toCharArray();
    PasswordHash hash = PasswordHash.of(password, PasswordHash.ITERATIONS_MIN, new SecureRandom());
    return UsersFile.line(name, hash, Set.of(role));
  }

  private String write(String name, String... lines) throws IOException {
    Path file = folder.resolve(name);
    Files.write(file, List.of(lines));
    return file.toAbsolutePath().toString();
  }

  @Override
  public void close() {
    krakenGate.close();
    databaseGate.close();
    server.stop();
    vertx.close().toCompletionStage().toCompletableFuture().join();
    remove();
  }

  private synchronized void remove() {
    if (!Files.exists(folder)) {
      return;
    }
    try {
      database.stop();
    } catch (IOException e) {
      // A trial has stopped it already.
    }
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      // A leftover in the temporary folder harms nobody.
    }
  }
}
