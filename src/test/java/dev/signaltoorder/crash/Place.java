package dev.signaltoorder.crash;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.signaltoorder.access.PasswordHash;
import dev.signaltoorder.access.Roles;
import dev.signaltoorder.access.UsersFile;
import dev.signaltoorder.crash.Evidence.BookOrder;
import dev.signaltoorder.crash.Evidence.Rest;
import dev.signaltoorder.crash.StopCover.Owner;
import dev.signaltoorder.development.LocalDatabase;
import dev.signaltoorder.paper.OrderTrigger;
import dev.signaltoorder.paper.PaperAccount;
import dev.signaltoorder.paper.PaperExchangeServer;
import dev.signaltoorder.paper.PaperOrder;
import dev.signaltoorder.paper.PaperSettings;
import dev.signaltoorder.paper.SimulatedExchange;
import dev.signaltoorder.testing.TestSecrets;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
  private static final Path BINARIES = Path.of("target", "postgresql");
  private static final String MUCH = "1000000000";
  private static final String BITCOINS = "10000";

  // What is tested dies with kill -9, not with the machine: what PostgreSQL has written, it has.
  private static final Map<String, String> OPTIONS =
      Map.of("fsync", "off", "max_connections", "100");

  private final List<String> accounts;
  private final Path output;
  private final Path folder;
  private final SmallDisk disk;
  private final Checkpoints checkpoints;
  private final Set<String> unspeakable = new HashSet<>();
  private final LocalDatabase database;
  private final Sql sql;
  private final DatabaseGate databaseGate;
  private final StopWatch stops = new StopWatch(this::book, this::ownerOf);
  private final KrakenLog krakenLog = new KrakenLog(this::intentOf, stops::problems);
  private final Vertx vertx = Vertx.vertx();
  private final PaperExchangeServer server;
  private final URI exchangeAddress;
  private final KrakenGate krakenGate;

  /**
   * @param name of the folder below target/crash for logs and evidence; emptied
   * @param accounts each has a source of the same name, and a Kraken account of its own
   */
  Place(String name, long seed, List<String> accounts) throws IOException {
    this.accounts = List.copyOf(accounts);
    output = Path.of("target", "crash", name).toAbsolutePath();
    Files.createDirectories(output);
    try (Stream<Path> old = Files.list(output)) {
      for (Path file : old.toList()) {
        Files.delete(file);
      }
    }
    folder = Files.createTempDirectory("signal-to-order-crash");
    disk = SmallDisk.at(folder.resolve("database"));
    checkpoints = Checkpoints.in(folder);
    database = LocalDatabase.in(folder.resolve("database"), BINARIES, OPTIONS);
    Runtime.getRuntime().addShutdownHook(new Thread(this::remove));
    database.start();
    sql = new Sql(database.as("s2o_owner"));
    databaseGate = new DatabaseGate(this::databasePort);
    server =
        new PaperExchangeServer(
            PaperSettings.walk(seed)
                .withBalances(
                    Map.of("ZUSD", new BigDecimal(MUCH), "XXBT", new BigDecimal(BITCOINS))),
            Clock.systemUTC(),
            vertx);
    server.exchange().setPrice("BTC/USD", Senders.BID, Senders.ASK);
    exchangeAddress = server.start();
    krakenGate = new KrakenGate(exchangeAddress, krakenLog);
    configure();
  }

  List<String> accounts() {
    return accounts;
  }

  /** Lines of the programs' logs that hold a secret, or a sender's raw body. */
  List<String> secretsInLogs() throws IOException {
    List<String> found = new ArrayList<>();
    try (Stream<Path> logs = Files.list(output)) {
      for (Path log : logs.filter(path -> path.toString().endsWith(".log")).toList()) {
        try (Stream<String> lines = Files.lines(log)) {
          lines
              .filter(line -> unspeakable.stream().anyMatch(line::contains))
              .limit(3)
              .forEach(line -> found.add(log.getFileName() + ": " + line));
        }
      }
    }
    return found;
  }

  Path folder() {
    return folder;
  }

  SimulatedExchange exchange() {
    return server.exchange();
  }

  /** All orders the exchange ever took. */
  List<BookOrder> book() {
    return exchange().orders().stream().map(Place::bookOrder).toList();
  }

  private static BookOrder bookOrder(PaperOrder order) {
    OrderTrigger trigger = order.trigger();
    return new BookOrder(
        order.txid(),
        order.account(),
        String.valueOf(order.clientOrderId()),
        order.terms().side().name().equals("BUY"),
        order.volumeExecuted(),
        order.fee(),
        order.openedAt(),
        new Rest(
            order.terms().orderType(),
            order.isOpen(),
            order.remaining(),
            trigger == null ? null : trigger.price()));
  }

  DatabaseGate databaseGate() {
    return databaseGate;
  }

  KrakenGate krakenGate() {
    return krakenGate;
  }

  KrakenLog krakenLog() {
    return krakenLog;
  }

  Checkpoints checkpoints() {
    return checkpoints;
  }

  /** One more way to the database, which can be cut by itself. */
  DatabaseGate ownDatabaseGate() {
    return new DatabaseGate(this::databasePort);
  }

  static String databaseUrl(DatabaseGate gate) {
    return "jdbc:postgresql://127.0.0.1:" + gate.port() + "/signal_to_order";
  }

  /** One more way to the exchange. */
  KrakenGate ownKrakenGate() {
    return new KrakenGate(exchangeAddress, krakenLog);
  }

  Sql sql() {
    return sql;
  }

  /** Where the programs' logs are. */
  Path output() {
    return output;
  }

  /**
   * A program in this place; it is not waited for.
   *
   * @param name of its log file and of the file of its checkpoints
   */
  Program startProgram(String name, Map<String, String> settings, Map<String, String> environment) {
    Map<String, String> all = new TreeMap<>(settings);
    all.putAll(checkpoints.settings(name));
    return Program.start(folder, output.resolve(name + ".log"), all, environment);
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

  /** Whether the database has a file system of its own: root is needed for that. */
  boolean diskCanBeFilled() {
    return disk.isMounted();
  }

  /** From now on the database's files cannot grow. */
  void fillDisk() throws IOException {
    disk.fill();
  }

  void freeDisk() throws IOException {
    disk.free();
  }

  /** Whether the server lets anybody in. */
  boolean databaseAnswers() {
    try {
      return sql.number("select 1") == 1;
    } catch (SQLException e) {
      return false;
    }
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
      row.computeIfPresent("raw", (name, raw) -> new String((byte[]) raw, ISO_8859_1));
      lines.add(row.toString());
    }
    exchange().orders().forEach(order -> lines.add(order.toString()));
    Files.write(output.resolve("journal.txt"), lines);
  }

  private int databasePort() {
    String url = database.settings().get("quarkus.datasource.jdbc.url");
    return URI.create(url.substring("jdbc:".length())).getPort();
  }

  private KrakenLog.Intent intentOf(String clientOrderId) {
    try {
      long intents =
          sql.number(
              "select count(*) from journal where kind = 'order-intended' and order_id = ?",
              UUID.fromString(clientOrderId));
      return intents == 1 ? KrakenLog.Intent.COMMITTED : KrakenLog.Intent.MISSING;
    } catch (SQLException e) {
      return KrakenLog.Intent.UNKNOWN;
    }
  }

  private Optional<Owner> ownerOf(String clientOrderId) {
    try {
      return sql
          .rows(
              "select account, body #>> '{intent,strategy}' as strategy,"
                  + " coalesce(body #>> '{intent,protective,role}', '') as role"
                  + " from journal where kind = 'order-intended' and order_id = ?",
              UUID.fromString(clientOrderId))
          .stream()
          .map(
              row ->
                  new Owner(
                      String.valueOf(row.get("account")),
                      String.valueOf(row.get("strategy")),
                      String.valueOf(row.get("role"))))
          .findFirst();
    } catch (SQLException e) {
      return Optional.empty();
    }
  }

  private void configure() throws IOException {
    Map<String, String> settings = new TreeMap<>(database.settings());
    unspeakable.add(settings.getOrDefault("quarkus.datasource.password", TestSecrets.DEMO));
    unspeakable.add(TestSecrets.DEMO);
    unspeakable.add(TestSecrets.passwordOf(TestSecrets.OPERATOR));
    unspeakable.add(HexFormat.of().formatHex("{\"type\":\"signal".getBytes(ISO_8859_1)));
    settings.put("quarkus.datasource.jdbc.url", databaseUrl(databaseGate));
    settings.put("signal-to-order.mode", "live");
    settings.put("signal-to-order.kraken.rest-url", krakenGate.address().toString());
    // Everything goes through the gate: no websocket, least of all the real one.
    settings.put("signal-to-order.kraken.ws-url", "");
    settings.put("signal-to-order.kraken.ws-auth-url", "");
    settings.put("signal-to-order.kraken.read-timeout", "3s");
    for (String name : accounts) {
      configureAccount(name, server.createAccount(name), settings);
    }
    // Short, so that silence is soon final; not so short that a busy machine sends nothing in time.
    settings.put("signal-to-order.orders.deadline", "5s");
    settings.put("signal-to-order.orders.send-within", "3s");
    settings.put("signal-to-order.orders.silence-final-after", "5s");
    settings.put("signal-to-order.orders.look-up-every", "3s");
    settings.put("signal-to-order.protection.trail-by", Senders.TRAIL_BY);
    settings.put(
        "signal-to-order.users-file",
        write(
            "users",
            user(TestSecrets.OPERATOR, Roles.OPERATOR),
            user(TestSecrets.REVIEWER, Roles.REVIEWER)));
    settings.put("signal-to-order.webhooks.address-rate-limit", "100000");
    RoomyRules.addTo(settings);
    Path config = folder.resolve("config");
    Files.createDirectories(config);
    Files.writeString(
        config.resolve("application.properties"),
        settings.entrySet().stream()
            .map(setting -> setting.getKey() + "=" + setting.getValue() + "\n")
            .collect(Collectors.joining()));
  }

  private void configureAccount(String name, PaperAccount keys, Map<String, String> settings)
      throws IOException {
    String account = "signal-to-order.accounts." + name + ".";
    settings.put(account + "tier", "pro");
    settings.put(account + "trade-key-file", write(name + "-key", keys.apiKey()));
    settings.put(account + "trade-secret-file", write(name + "-secret", keys.apiSecret()));
    unspeakable.add(keys.apiSecret());
    String source = "signal-to-order.sources." + name + ".";
    settings.put(source + "account", name);
    settings.put(source + "auth", "standard-webhooks");
    settings.put(source + "secrets-file", write(name + "-webhook-secret", TestSecrets.DEMO));
    settings.put(source + "rate-limit", "100000");
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
    disk.close();
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      // A leftover in the temporary folder harms nobody.
    }
  }
}
