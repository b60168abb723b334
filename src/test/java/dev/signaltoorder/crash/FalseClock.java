package dev.signaltoorder.crash;

import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Puts another wall clock under a program, by a few lines of C that are compiled here and preloaded
 * there. The program itself has no way to be told the time.
 */
final class FalseClock {
  private static final String SOURCE = "/crash/false-clock.c";

  private final Path library;
  private final Path file;

  private FalseClock(Path library, Path file) {
    this.library = library;
    this.file = file;
  }

  /** Empty where it cannot be compiled: no gcc, or no Linux. */
  static Optional<FalseClock> in(Path folder) throws IOException {
    Path source = folder.resolve("false-clock.c");
    Path library = folder.resolve("false-clock.so");
    try (InputStream in = Objects.requireNonNull(FalseClock.class.getResourceAsStream(SOURCE))) {
      Files.write(source, in.readAllBytes());
    }
    try {
      Process gcc =
          new ProcessBuilder(
                  List.of(
                      "gcc",
                      "-shared",
                      "-fPIC",
                      "-O2",
                      "-Wall",
                      "-Werror",
                      "-o",
                      library.toString(),
                      source.toString(),
                      "-ldl"))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.INHERIT)
              .start();
      return gcc.waitFor() == 0
          ? Optional.of(new FalseClock(library, folder.resolve("clock-error")))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  /** From now on the clock is wrong by so much. */
  void show(Duration error) throws IOException {
    byte[] seconds =
        ByteBuffer.allocate(Long.BYTES)
            .order(ByteOrder.nativeOrder())
            .putLong(error.toSeconds())
            .array();
    // Over what is there, not anew: the program has it mapped.
    try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
      out.write(seconds);
    }
  }

  /** For the program: the wall clock is false, all others are as they are. */
  Map<String, String> environment() {
    return Map.of("LD_PRELOAD", library.toString(), "FALSE_CLOCK_FILE", file.toString());
  }
}
