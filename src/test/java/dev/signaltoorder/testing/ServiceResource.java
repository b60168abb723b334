package dev.signaltoorder.testing;

import dev.signaltoorder.access.PasswordHash;
import dev.signaltoorder.access.Roles;
import dev.signaltoorder.access.UsersFile;
import dev.signaltoorder.journal.CheckpointKey;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the service needs besides a database: paper mode with made-up prices, two people, and
 * sources of every kind. Each scenario that counts has a source of its own.
 */
public final class ServiceResource implements QuarkusTestResourceLifecycleManager {
  /** Signs, canonical payload. */
  public static final String DEMO = "demo";

  /** Signs, flat payload. */
  public static final String FLAT = "flat";

  /** A token in the body, TradingView's payload. */
  public static final String TRADINGVIEW = "tradingview";

  /** A token in the path, flat payload. */
  public static final String PATH = "path";

  /** Signs, and may deliver {@value #SLOW_PER_MINUTE} times a minute. */
  public static final String SLOW = "slow";

  /** Signs; used by nothing but the load. */
  public static final String LOAD = "load";

  /** Signs; used by nothing but the time without a database. */
  public static final String OUTAGE = "outage";

  /** See {@link #SLOW}. */
  public static final int SLOW_PER_MINUTE = 3;

  /** All sources. */
  public static List<String> sources() {
    return List.of(DEMO, FLAT, TRADINGVIEW, PATH, SLOW, LOAD, OUTAGE);
  }

  /** Setting: the key of this service's checkpoints. */
  private static final String CHECKPOINT_KEY_FILE = "signal-to-order.checkpoint-key-file";

  /** Setting: where they are kept. */
  private static final String CHECKPOINT_FILE = "signal-to-order.checkpoint-file";

  private static @Nullable Path running;

  private static final String SOURCES = "signal-to-order.sources.";
  private static final String PLENTY = "100000";

  private final Map<String, String> settings = new LinkedHashMap<>();
  private Path folder = Path.of(".");

  @Override
  public Map<String, String> start() {
    try {
      folder = Files.createTempDirectory("signal-to-order-service");
      write(
          "users",
          user(TestSecrets.REVIEWER, Roles.REVIEWER),
          user(TestSecrets.METRICS, Roles.METRICS),
          user(TestSecrets.OPERATOR, Roles.OPERATOR),
          user(TestSecrets.SECOND_OPERATOR, Roles.OPERATOR));
      running = folder;
      settings.put("signal-to-order.users-file", folder.resolve("users").toString());
      // Longer than in production: these tests run on machines that do many other things.
      settings.put("signal-to-order.lease", "10s");
      write("checkpoint.key", CheckpointKey.freshPem(new SecureRandom()));
      settings.put(CHECKPOINT_KEY_FILE, folder.resolve("checkpoint.key").toString());
      settings.put(CHECKPOINT_FILE, folder.resolve("checkpoints").toString());
      settings.put("signal-to-order.paper.port", "0");
      settings.put("signal-to-order.paper.prices", "walk");
      // All of a test's senders have one address.
      settings.put("signal-to-order.webhooks.address-rate-limit", PLENTY);
      signed(DEMO, PLENTY, TestSecrets.DEMO, TestSecrets.DEMO_NEXT, TestSecrets.ed25519Line());
      signed(FLAT, PLENTY, TestSecrets.OTHERS);
      settings.put(SOURCES + FLAT + ".mapping.preset", "flat");
      signed(SLOW, Integer.toString(SLOW_PER_MINUTE), TestSecrets.OTHERS);
      signed(LOAD, PLENTY, TestSecrets.OTHERS);
      signed(OUTAGE, PLENTY, TestSecrets.OTHERS);
      token(TRADINGVIEW, "tradingview", TestSecrets.BODY_TOKEN);
      settings.put(SOURCES + TRADINGVIEW + ".token-field", "/token");
      settings.put(SOURCES + TRADINGVIEW + ".quote-map.USDT", "USD");
      token(PATH, "flat", TestSecrets.PATH_TOKEN);
      return settings;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The private key that signs checkpoints now. */
  public static Path checkpointKeyFile() {
    return Objects.requireNonNull(running, "no service runs").resolve("checkpoint.key");
  }

  /** Where they are kept. */
  public static Path checkpointFile() {
    return Objects.requireNonNull(running, "no service runs").resolve("checkpoints");
  }

  /** The users, one a line. */
  public static Path usersFile() {
    return Objects.requireNonNull(running, "no service runs").resolve("users");
  }

  /** The secrets of a source. */
  public static Path secretsFile(String source) {
    return Objects.requireNonNull(running, "no service runs").resolve(source);
  }

  private void signed(String name, String perMinute, String... secrets) throws IOException {
    write(name, secrets);
    settings.put(SOURCES + name + ".auth", "standard-webhooks");
    settings.put(SOURCES + name + ".secrets-file", folder.resolve(name).toString());
    settings.put(SOURCES + name + ".rate-limit", perMinute);
  }

  private void token(String name, String preset, String token) throws IOException {
    write(name, TestSecrets.hashLine(token));
    settings.put(SOURCES + name + ".auth", "token");
    settings.put(SOURCES + name + ".secrets-file", folder.resolve(name).toString());
    settings.put(SOURCES + name + ".rate-limit", PLENTY);
    settings.put(SOURCES + name + ".mapping.preset", preset);
  }

  private static String user(String name, String role) {
    char[] password = TestSecrets.passwordOf(name).toCharArray();
    // The fewest iterations: what is tested is the service, not the hash.
    PasswordHash hash = PasswordHash.of(password, PasswordHash.ITERATIONS_MIN, new SecureRandom());
    return UsersFile.line(name, hash, Set.of(role));
  }

  private void write(String name, String... lines) throws IOException {
    Files.write(folder.resolve(name), List.of(lines));
  }

  @Override
  public void stop() {
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.deleteIfExists(file);
      }
      Files.deleteIfExists(folder);
    } catch (IOException e) {
      // A leftover in the temporary folder harms nobody.
    }
  }
}
