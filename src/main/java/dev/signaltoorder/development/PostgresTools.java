package dev.signaltoorder.development;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs PostgreSQL's own programs.
 *
 * @param binaries the folder with {@code bin}
 * @param log where they and the server write what they have to say
 */
record PostgresTools(Path binaries, Path log) {

  /** Runs a program to its end; its failure carries the end of the log. */
  void run(String program, String... arguments) throws IOException {
    int exitCode = exitCodeOf(command(program, arguments));
    if (exitCode != 0) {
      throw new IOException(
          program + " failed with exit code " + exitCode + ", see " + log + ":\n" + endOfLog());
    }
  }

  /** The full command, as the system takes it. */
  List<String> command(String program, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    if (isRoot()) {
      // PostgreSQL refuses to run as root; in a user namespace of its own it does not see that.
      command.addAll(List.of("unshare", "--user"));
    }
    command.add(binaries.resolve("bin").resolve(program).toString());
    command.addAll(List.of(arguments));
    return command;
  }

  private int exitCodeOf(List<String> command) throws IOException {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    process.getOutputStream().close();
    try {
      return process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while " + command + " was running", e);
    }
  }

  // The owner of what this process wrote is the user it runs as.
  private boolean isRoot() throws IOException {
    if (!Files.exists(log)) {
      Files.createFile(log);
    }
    return Integer.valueOf(0).equals(Files.getAttribute(log, "unix:uid"));
  }

  private String endOfLog() throws IOException {
    List<String> lines = Files.readAllLines(log);
    return String.join("\n", lines.subList(Math.max(0, lines.size() - 10), lines.size()));
  }
}
