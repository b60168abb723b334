package dev.signaltoorder.signal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The secrets of one source, one a line; blank lines and lines that start with {@code #} are
 * skipped. Looks at most once a second whether the file has changed. A changed file that cannot be
 * used leaves the old secrets in force, with a warning that holds nothing of its content.
 *
 * @param <T> what the lines are read into
 */
final class SecretsFile<T> {
  private static final Logger LOG = Logger.getLogger(SecretsFile.class);
  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
  private static final long BYTES_MAX = 65_536;
  private static final int SECRETS_MAX = 8;
  private static final int FINGERPRINT_BYTES = 6;

  /** So that it is not the digest of the secret that others may keep elsewhere. */
  private static final String DOMAIN = "signal-to-order secrets file\n";

  /**
   * One line with a secret.
   *
   * @param number counted from 1, blank lines and comments too
   */
  record Line(int number, String text) {
    @Override
    public String toString() {
      return "Line " + number;
    }
  }

  /** Reads the lines, reporting what is wrong without repeating it. */
  @FunctionalInterface
  interface Parser<T> {
    T parse(List<Line> lines, Consumer<String> problem);
  }

  private final Path path;
  private final Parser<T> parser;
  private final Clock clock;
  private @Nullable T secrets;
  private String fingerprint = "";
  private @Nullable Stamp stamp;
  private Instant lookedAt;

  /** What shows that a file is another one; the key changes when a mounted secret is swapped. */
  private record Stamp(FileTime modified, long size, @Nullable Object key) {}

  SecretsFile(Path path, Parser<T> parser, Clock clock) {
    this.path = path;
    this.parser = parser;
    this.clock = clock;
    this.lookedAt = Instant.MIN;
  }

  /** Reads the file for the first time; returns what is wrong with it, empty when nothing is. */
  synchronized List<String> open() {
    List<String> problems = new ArrayList<>();
    lookedAt = clock.instant();
    stamp = stampNow();
    secrets = read(problems);
    return problems;
  }

  /** The secrets in force. Null only when the file was never usable: then nobody is let in. */
  synchronized @Nullable T current() {
    Instant now = clock.instant();
    boolean clockWentBack = now.isBefore(lookedAt);
    if (!clockWentBack && Duration.between(lookedAt, now).compareTo(LOOK_EVERY) < 0) {
      return secrets;
    }
    lookedAt = now;
    Stamp seen = stampNow();
    if (Objects.equals(seen, stamp)) {
      return secrets;
    }
    // Remembered even when unusable: one warning for one change.
    stamp = seen;
    List<String> problems = new ArrayList<>();
    T fresh = read(problems);
    if (fresh == null) {
      LOG.warnf(
          "Secrets file %s has changed and cannot be used (%s): the old secrets stay in force",
          path, String.join("; ", problems));
    } else {
      secrets = fresh;
      LOG.infof("Secrets file %s was read again", path);
    }
    return secrets;
  }

  /**
   * Tells the secrets in force from others, and nothing else about them: 12 hexadecimal digits;
   * empty while there are none.
   */
  synchronized String fingerprint() {
    current();
    return fingerprint;
  }

  private static String fingerprintOf(List<Line> lines) {
    String text = lines.stream().map(Line::text).collect(Collectors.joining("\n", DOMAIN, ""));
    byte[] digest = Sha256.of(text.getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(digest, 0, FINGERPRINT_BYTES);
  }

  private @Nullable Stamp stampNow() {
    try {
      BasicFileAttributes found = Files.readAttributes(path, BasicFileAttributes.class);
      return new Stamp(found.lastModifiedTime(), found.size(), found.fileKey());
    } catch (IOException e) {
      return null;
    }
  }

  private @Nullable T read(List<String> problems) {
    List<String> all;
    try {
      if (Files.size(path) > BYTES_MAX) {
        problems.add("is larger than 64 KiB");
        return null;
      }
      all = Files.readAllLines(path, StandardCharsets.UTF_8);
    } catch (IOException e) {
      problems.add("cannot be read (" + e.getClass().getSimpleName() + ")");
      return null;
    }
    List<Line> lines =
        IntStream.range(0, all.size())
            .mapToObj(i -> new Line(i + 1, all.get(i).strip()))
            .filter(line -> !line.text().isEmpty() && !line.text().startsWith("#"))
            .toList();
    if (lines.isEmpty()) {
      problems.add("holds no secret");
    } else if (lines.size() > SECRETS_MAX) {
      problems.add("holds more than " + SECRETS_MAX + " secrets");
    }
    T parsed = parser.parse(lines, problems::add);
    if (!problems.isEmpty()) {
      return null;
    }
    fingerprint = fingerprintOf(lines);
    return parsed;
  }
}
