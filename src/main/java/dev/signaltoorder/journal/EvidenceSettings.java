package dev.signaltoorder.journal;

import dev.signaltoorder.problem.ConfigurationProblem;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * {@link EvidenceConfig}, read.
 *
 * @param key empty: nothing is signed
 * @param file where signed checkpoints are kept outside of the database
 * @param originPrefix first part of every log's name
 * @param webhook where they are sent
 * @param problems what is wrong; when not empty, the rest is not to be used
 */
public record EvidenceSettings(
    Optional<CheckpointKey> key,
    Optional<Path> file,
    String originPrefix,
    Optional<URI> webhook,
    List<ConfigurationProblem> problems) {

  private static final String PREFIX = "signal-to-order.";
  private static final String KEY = "checkpoint-key-file";
  private static final String FILE = "checkpoint-file";
  private static final String ORIGIN = "checkpoint-origin";
  private static final String WEBHOOK = "checkpoint-webhook";
  private static final Pattern ORIGIN_FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._/-]{0,127}");

  /** Reads the configuration; never throws for a wrong value, never repeats a key. */
  public static EvidenceSettings read(EvidenceConfig config) {
    List<ConfigurationProblem> problems = new ArrayList<>();
    String origin = config.checkpointOrigin().strip();
    if (!ORIGIN_FORM.matcher(origin).matches()) {
      problems.add(
          problem(
              ORIGIN,
              "is no usable name",
              "1 to 128 of A-Z, a-z, 0-9, \".\", \"_\", \"/\" and \"-\","
                  + " for example example.com/signal-to-order"));
    }
    return new EvidenceSettings(
        key(config, problems),
        config.checkpointFile().flatMap(text -> file(text, problems)),
        origin,
        config.checkpointWebhook().flatMap(text -> webhook(text, problems)),
        problems);
  }

  /**
   * The key that the file holds now.
   *
   * @param problems takes what is wrong with it
   * @return empty when none is configured, or it cannot be used
   */
  public static Optional<CheckpointKey> key(
      EvidenceConfig config, List<ConfigurationProblem> problems) {
    return config.checkpointKeyFile().flatMap(text -> key(text, problems));
  }

  private static Optional<CheckpointKey> key(String text, List<ConfigurationProblem> problems) {
    String allowed = "a readable file with an Ed25519 private key in PKCS#8 PEM";
    try {
      return Optional.of(CheckpointKey.read(Path.of(text.strip())));
    } catch (InvalidPathException e) {
      problems.add(problem(KEY, "is no path on this system", allowed));
    } catch (IOException e) {
      problems.add(problem(KEY, "the file cannot be read", allowed));
    } catch (IllegalArgumentException e) {
      problems.add(problem(KEY, "the file holds no such key", allowed));
    }
    return Optional.empty();
  }

  private static Optional<Path> file(String text, List<ConfigurationProblem> problems) {
    String allowed = "a file in a folder that exists and can be written";
    try {
      Path path = Path.of(text.strip()).toAbsolutePath();
      Path folder = path.getParent();
      boolean usable =
          Files.exists(path)
              ? Files.isRegularFile(path) && Files.isWritable(path) && Files.isReadable(path)
              : folder != null && Files.isDirectory(folder) && Files.isWritable(folder);
      if (usable) {
        return Optional.of(path);
      }
      problems.add(problem(FILE, "cannot be written", allowed));
    } catch (InvalidPathException e) {
      problems.add(problem(FILE, "is no path on this system", allowed));
    }
    return Optional.empty();
  }

  private static Optional<URI> webhook(String text, List<ConfigurationProblem> problems) {
    try {
      URI address = URI.create(text.strip());
      if ("https".equals(address.getScheme())
          && address.getHost() != null
          && address.getUserInfo() == null) {
        return Optional.of(address);
      }
    } catch (IllegalArgumentException e) {
      // Said below, without the text: it may hold a token.
    }
    problems.add(
        problem(WEBHOOK, "is no such address", "an https address without user and password"));
    return Optional.empty();
  }

  private static ConfigurationProblem problem(String name, String problem, String allowed) {
    return new ConfigurationProblem(PREFIX + name, problem, allowed);
  }
}
