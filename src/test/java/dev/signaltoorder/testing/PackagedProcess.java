package dev.signaltoorder.testing;

import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;

/**
 * The packaged program, native or not, started as a user starts it. What Quarkus starts for a test
 * has its output thrown away; here it is read.
 */
public final class PackagedProcess implements AutoCloseable {
  private static final Path TARGET = Path.of("target");

  private final Process process;
  private final Path output;
  private final URI address;
  private final URI management;

  private PackagedProcess(Process process, Path output, URI address, URI management) {
    this.process = process;
    this.output = output;
    this.address = address;
    this.management = management;
  }

  /** Starts it; returns at once. Its output goes to files in the folder. */
  public static PackagedProcess start(Path folder, Map<String, String> settings)
      throws IOException {
    int port = ServiceProfile.freePort();
    int management = ServiceProfile.freePort();
    Properties built = new Properties();
    try (Reader file = Files.newBufferedReader(TARGET.resolve("quarkus-artifact.properties"))) {
      built.load(file);
    }
    String program = TARGET.resolve(built.getProperty("path")).toAbsolutePath().toString();
    boolean executable = built.getProperty("type").equals("native");
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    List<String> command = new ArrayList<>(List.of(executable ? program : java));
    command.add("-Dquarkus.http.port=" + port);
    command.add("-Dquarkus.management.port=" + management);
    settings.forEach((name, value) -> command.add("-D" + name + "=" + value));
    if (!executable) {
      command.addAll(List.of("-jar", program));
    }
    Path output = folder.resolve("output");
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(output.toFile())
            // Where a JVM says things of its own.
            .redirectError(folder.resolve("errors").toFile())
            .start();
    return new PackagedProcess(
        process,
        output,
        URI.create("http://localhost:" + port + "/"),
        URI.create("http://localhost:" + management + "/"));
  }

  /** Whether it runs still. */
  public boolean runs() {
    return process.isAlive();
  }

  /** A source of it that signs with this secret. */
  public Sender sender(String source, String secret) {
    return new Sender(address.resolve("/webhooks/" + source), secret);
  }

  /** Whoever reaches its management port. */
  public Person atManagementPort() {
    return Person.anonymous(management);
  }

  /** The lines that it wrote so far; the last one may not be complete. */
  public List<String> output() throws IOException {
    return Files.readAllLines(output);
  }

  /** Ends it in order; returns when it has gone. */
  public void stop(Duration patience) throws InterruptedException {
    process.destroy();
    if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new AssertionError("it does not end");
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
