package dev.signaltoorder.crash;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signaltoorder.testing.Answer;
import dev.signaltoorder.testing.Person;
import dev.signaltoorder.testing.TestSecrets;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The packaged program, running as a process of its own. */
final class Program {
  private static final Path CLASSES = Path.of("target", "crash-classes.jsa").toAbsolutePath();
  private static final Path JAR = Path.of("target", "quarkus-app", "quarkus-run.jar");

  /** The native executable to be killed instead of the package, or "". */
  private static final String EXECUTABLE = System.getProperty("crash.executable", "");

  /** For a start on a machine that is busy with other things. */
  static final Duration PATIENCE = Duration.ofSeconds(150);

  private static final Set<Process> RUNNING = ConcurrentHashMap.newKeySet();

  static {
    // Whatever happens to this JVM short of its own kill -9, no program stays behind.
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> RUNNING.forEach(Process::destroyForcibly)));
  }

  private final Process process;
  private final Path log;
  private final URI address;
  private final URI management;

  private Program(Process process, Path log, URI address, URI management) {
    this.process = process;
    this.log = log;
    this.address = address;
    this.management = management;
  }

  /**
   * Starts it; returns at once.
   *
   * @param folder where it runs; its {@code config/application.properties} is read
   * @param settings beyond those
   * @param environment variables beyond this process's own
   */
  static Program start(
      Path folder, Path log, Map<String, String> settings, Map<String, String> environment) {
    int port = freePort();
    int managementPort = freePort();
    while (managementPort == port) {
      managementPort = freePort();
    }
    List<String> command = launcher();
    command.add("-Dquarkus.http.host=127.0.0.1");
    command.add("-Dquarkus.http.port=" + port);
    command.add("-Dquarkus.management.host=127.0.0.1");
    command.add("-Dquarkus.management.port=" + managementPort);
    settings.forEach((name, value) -> command.add("-D" + name + "=" + value));
    command.addAll(program());
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
              .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
      builder.environment().putAll(environment);
      Process process = builder.start();
      RUNNING.add(process);
      return new Program(process, log, loopback(port), loopback(managementPort));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One of its own commands, to be run in this folder. */
  static List<String> command(String... arguments) {
    List<String> command = launcher();
    command.addAll(program());
    command.addAll(List.of(arguments));
    return command;
  }

  /** What comes before the settings. */
  private static List<String> launcher() {
    var command = new ArrayList<String>();
    if (!EXECUTABLE.isEmpty()) {
      command.add(Path.of(EXECUTABLE).toAbsolutePath().toString());
      return command;
    }
    if (!Files.exists(JAR)) {
      throw new IllegalStateException(JAR + " is missing: package the program first");
    }
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // Starts fast; everything else is as it is shipped. The first program that ends in order leaves
    // its loaded classes behind for the next ones.
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx384m"));
    command.addAll(List.of("-XX:+AutoCreateSharedArchive", "-XX:SharedArchiveFile=" + CLASSES));
    return command;
  }

  /** What comes after the settings. */
  private static List<String> program() {
    return EXECUTABLE.isEmpty() ? List.of("-jar", JAR.toAbsolutePath().toString()) : List.of();
  }

  private static URI loopback(int port) {
    return URI.create("http://127.0.0.1:" + port);
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  URI address() {
    return address;
  }

  Person operator() {
    return Person.named(address, TestSecrets.OPERATOR);
  }

  Person reviewer() {
    return Person.named(address, TestSecrets.REVIEWER);
  }

  /** Waits until it answers at all; it need not have the account. */
  void awaitAlive() {
    await("the program lives")
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(100))
        .until(() -> answers(management.resolve("/q/health/live")));
  }

  /** Waits until all its accounts are in this state: ACTIVE, HALTED, ... */
  void awaitTradingState(String state) {
    await("trading state " + state)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(100))
        .until(() -> allAre(state, status()));
  }

  private static boolean allAre(String state, JsonNode status) {
    boolean all = status.path("notServing").isEmpty() && !status.path("accounts").isEmpty();
    for (JsonNode account : status.path("accounts")) {
      all &= state.equals(account.path("tradingState").asText());
    }
    return all;
  }

  /** An operator arms an account. False while it cannot be done. */
  boolean arms(String account) {
    try {
      return operator()
              .post("/operations/arm", Map.of("account", account, "confirm", account))
              .status()
          == 200;
    } catch (UncheckedIOException e) {
      return false;
    }
  }

  /** An account's state, or "" while it is not served here. */
  String tradingState(String account) {
    for (JsonNode served : status().path("accounts")) {
      if (account.equals(served.path("account").asText())) {
        return served.path("tradingState").asText();
      }
    }
    return "";
  }

  /** The operators' view; missing while it does not answer. */
  JsonNode status() {
    if (!process.isAlive()) {
      throw new IllegalStateException("the program ended by itself: " + endOfLog());
    }
    try {
      Answer answer = operator().get("/operations/status");
      return answer.status() == 200
          ? answer.json()
          : com.fasterxml.jackson.databind.node.MissingNode.getInstance();
    } catch (UncheckedIOException e) {
      return com.fasterxml.jackson.databind.node.MissingNode.getInstance();
    }
  }

  private static boolean answers(URI uri) {
    try (java.net.Socket socket = new java.net.Socket(uri.getHost(), uri.getPort())) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  /** {@code kill -9}; returns when it has gone. */
  void kill() {
    process.destroyForcibly();
    try {
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        throw new IllegalStateException("the program survives kill -9");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    RUNNING.remove(process);
  }

  /** SIGTERM, as a service manager sends it. Returns at once. */
  void askToEnd() {
    process.destroy();
  }

  /** Returns when it has gone. */
  void awaitEnd(Duration atMost) {
    try {
      if (!process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IllegalStateException("the program does not end when it is asked to");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    RUNNING.remove(process);
  }

  /**
   * Stands still once this returns: the signal itself only asks, and a busy machine takes its time.
   */
  void pause() {
    signal("-STOP");
    Path threads = Path.of("/proc", Long.toString(process.pid()), "task");
    if (Files.isDirectory(threads) && !Stage.within(PATIENCE, () -> allStopped(threads))) {
      throw new IllegalStateException("the program does not stand still");
    }
  }

  /** State T of each thread (proc(5)); the state follows the name, which is in brackets. */
  private static boolean allStopped(Path threads) {
    try (Stream<Path> each = Files.list(threads)) {
      for (Path thread : each.toList()) {
        String stat = Files.readString(thread.resolve("stat"));
        if (stat.charAt(stat.lastIndexOf(')') + 2) != 'T') {
          return false;
        }
      }
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  void wakeUp() {
    signal("-CONT");
  }

  /** Writes what all its threads are doing into its log. */
  void tellThreads() {
    signal("-QUIT");
  }

  private void signal(String which) {
    try {
      Process kill = new ProcessBuilder("kill", which, Long.toString(process.pid())).start();
      if (kill.waitFor() != 0) {
        throw new IllegalStateException("kill " + which + " failed");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private String endOfLog() {
    try {
      List<String> lines = Files.readAllLines(log);
      return String.join("\n", lines.subList(Math.max(0, lines.size() - 30), lines.size()));
    } catch (IOException e) {
      return "its log " + log + " cannot be read";
    }
  }
}
