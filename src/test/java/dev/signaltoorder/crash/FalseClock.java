package dev.signaltoorder.crash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Puts another wall clock under a program: libfaketime (Debian package {@code faketime}),
 * preloaded. The program itself has no way to be told the time.
 */
final class FalseClock {
  private static final Path LIBRARIES = Path.of("/usr/lib");
  private static final String LIBRARY = "libfaketimeMT.so.1";

  private final Path library;
  private final Path file;

  private FalseClock(Path library, Path file) {
    this.library = library;
    this.file = file;
  }

  /** Empty where libfaketime is not installed. */
  static Optional<FalseClock> in(Path folder) throws IOException {
    try (Stream<Path> candidates =
        Files.find(LIBRARIES, 3, (path, attributes) -> path.endsWith(LIBRARY))) {
      return candidates.findFirst().map(path -> new FalseClock(path, folder.resolve("clock")));
    }
  }

  /** Within {@link #SEEN_WITHIN} the clock is wrong by so much. */
  void show(Duration error) throws IOException {
    Path next = Files.createTempFile(file.getParent(), "clock", "");
    Files.writeString(next, "%+d".formatted(error.toSeconds()));
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** What is shown is seen within a second: reading the file at each look would slow it down. */
  static final Duration SEEN_WITHIN = Duration.ofMillis(1_200);

  /** For the program: the wall clock is false, the monotonic one is as it is. */
  Map<String, String> environment() {
    return Map.of(
        "LD_PRELOAD",
        library.toString(),
        "FAKETIME_TIMESTAMP_FILE",
        file.toString(),
        "FAKETIME_NO_CACHE",
        "1",
        "FAKETIME_DONT_FAKE_MONOTONIC",
        "1");
  }
}
