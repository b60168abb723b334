package dev.signaltoorder.development;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The server process that a data folder's {@code postmaster.pid} names.
 *
 * @param process it, or whatever has its process id now
 * @param port where it listens on the loopback address
 */
record Postmaster(ProcessHandle process, int port) {
  private static final String PID_FILE = "postmaster.pid";
  private static final int PID_LINE = 0;
  private static final int PORT_LINE = 3;

  /**
   * The one that runs on this folder. Removes a file that a crash of the machine left and that
   * names a process of somebody else by now: PostgreSQL would take that for a running server.
   */
  static Optional<Postmaster> of(Path data) throws IOException {
    Path file = data.resolve(PID_FILE);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    List<String> lines = Files.readAllLines(file);
    if (lines.size() <= PORT_LINE) {
      return Optional.empty();
    }
    Optional<ProcessHandle> process =
        ProcessHandle.of(Long.parseLong(lines.get(PID_LINE).strip()))
            .filter(ProcessHandle::isAlive);
    if (process.isEmpty()) {
      return Optional.empty();
    }
    if (process.get().info().command().filter(command -> command.endsWith("postgres")).isEmpty()) {
      Files.delete(file);
      return Optional.empty();
    }
    return Optional.of(
        new Postmaster(process.get(), Integer.parseInt(lines.get(PORT_LINE).strip())));
  }
}
