package dev.signaltoorder.kraken;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.signaltoorder.problem.ConfigurationProblem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The files that hold one account's API keys, as configured.
 *
 * @param configPrefix what stands before "trade-key-file" in the configuration names,
 *     "signal-to-order.accounts.main."
 * @param tradeKeyFile path of the file with the public part
 * @param tradeSecretFile path of the file with the secret, base64 as Kraken shows it
 * @param readKeyFile of a second key for the look-ups; absent: the trade key does both
 * @param readSecretFile of the second key
 */
public record KeyFiles(
    String configPrefix,
    Optional<String> tradeKeyFile,
    Optional<String> tradeSecretFile,
    Optional<String> readKeyFile,
    Optional<String> readSecretFile) {

  private static final int MAX_BYTES = 4096;
  private static final int MIN_SECRET_BYTES = 16;
  private static final Pattern KEY = Pattern.compile("[A-Za-z0-9+/=_-]{8,256}");

  /** What reading the files gave. */
  public sealed interface Loading {}

  /** All files were good. */
  public record Loaded(KrakenKeys keys) implements Loading {}

  /** At least one was not; never empty, repeats nothing of any file's content. */
  public record Unusable(List<ConfigurationProblem> problems) implements Loading {}

  /** Reads the files now. */
  public Loading load() {
    List<ConfigurationProblem> problems = new ArrayList<>();
    ApiKey trade = key("trade", tradeKeyFile, tradeSecretFile, problems);
    boolean separateRead = isSet(readKeyFile) || isSet(readSecretFile);
    ApiKey read = separateRead ? key("read", readKeyFile, readSecretFile, problems) : trade;
    if (trade == null || read == null) {
      return new Unusable(List.copyOf(problems));
    }
    return new Loaded(new KrakenKeys(trade, read));
  }

  private @Nullable ApiKey key(
      String role,
      Optional<String> keyFile,
      Optional<String> secretFile,
      List<ConfigurationProblem> problems) {
    String keyName = configPrefix + role + "-key-file";
    String secretName = configPrefix + role + "-secret-file";
    String key = content(keyName, keyFile, problems);
    String secretText = content(secretName, secretFile, problems);
    if (key != null && !KEY.matcher(key).matches()) {
      problems.add(
          new ConfigurationProblem(
              keyName,
              "the file does not hold an API key",
              "one line, the key as Kraken shows it"));
      key = null;
    }
    byte[] secret = secretText == null ? null : secret(secretName, secretText, problems);
    return key == null || secret == null ? null : new ApiKey(key, secret);
  }

  private static byte @Nullable [] secret(
      String name, String text, List<ConfigurationProblem> problems) {
    String allowed = "one line of base64, the private key as Kraken shows it";
    try {
      byte[] secret = Base64.getDecoder().decode(text);
      if (secret.length >= MIN_SECRET_BYTES) {
        return secret;
      }
      problems.add(new ConfigurationProblem(name, "the file's secret is too short", allowed));
    } catch (IllegalArgumentException e) {
      // The exception's text would repeat characters of the secret.
      problems.add(new ConfigurationProblem(name, "the file does not hold base64", allowed));
    }
    return null;
  }

  private static @Nullable String content(
      String name, Optional<String> path, List<ConfigurationProblem> problems) {
    if (!isSet(path)) {
      problems.add(new ConfigurationProblem(name, "is missing", "path of a readable file"));
      return null;
    }
    String problem;
    try {
      Path file = Path.of(path.orElseThrow().strip());
      if (!Files.isRegularFile(file)) {
        problem = "there is no such file";
      } else {
        byte[] bytes = read(file);
        if (bytes.length <= MAX_BYTES && bytes.length > 0) {
          return new String(bytes, US_ASCII).strip();
        }
        problem = "the file is empty or has more than " + MAX_BYTES + " bytes";
      }
    } catch (InvalidPathException e) {
      problem = "is not a path";
    } catch (IOException | SecurityException e) {
      problem = "the file cannot be read";
    }
    problems.add(new ConfigurationProblem(name, problem, "path of a readable file"));
    return null;
  }

  private static byte[] read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(MAX_BYTES + 1);
    }
  }

  private static boolean isSet(Optional<String> path) {
    return path.isPresent() && !path.get().isBlank();
  }
}
