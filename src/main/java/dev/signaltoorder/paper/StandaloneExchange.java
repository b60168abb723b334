package dev.signaltoorder.paper;

import io.vertx.core.Vertx;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The simulated exchange as a process of its own, so that it outlives a service that is killed.
 *
 * <p>Options, each with a value: {@code --port} (0), {@code --state-file} (none), {@code --seed}
 * (42), {@code --prices} (walk), {@code --price-url}, and together {@code --api-key} and {@code
 * --api-secret} for the account "paper". It prints one line, its URL, when it can be called.
 */
public final class StandaloneExchange {

  /** Name of the account that the given key belongs to. */
  public static final String ACCOUNT = "paper";

  private static final Set<String> OPTIONS =
      Set.of(
          "--port",
          "--state-file",
          "--seed",
          "--prices",
          "--price-url",
          "--api-key",
          "--api-secret");

  private StandaloneExchange() {}

  /** Starts and returns; the server's threads keep the process alive. */
  public static void main(String[] args) {
    // Its URL is what the caller reads: the one program here that answers on standard output.
    var unused = start(Vertx.vertx(), System.out, args);
  }

  /**
   * @throws IllegalArgumentException for an unknown option or a wrong value; a secret is never in
   *     it
   */
  static PaperExchangeServer start(Vertx vertx, PrintStream out, String... args) {
    Map<String, String> options = options(args);
    PriceMode mode = PriceMode.named(options.getOrDefault("--prices", "walk"));
    if (mode == null) {
      throw new IllegalArgumentException("--prices: auto, walk or kraken");
    }
    String stateFile = options.get("--state-file");
    PaperSettings settings =
        PaperSettings.walk(Long.parseLong(options.getOrDefault("--seed", "42")))
            .withPort(Integer.parseInt(options.getOrDefault("--port", "0")))
            .withStateFile(stateFile == null ? null : Path.of(stateFile))
            .withPrices(
                mode, URI.create(options.getOrDefault("--price-url", "https://api.kraken.com")));
    String key = options.get("--api-key");
    String secret = options.get("--api-secret");
    if ((key == null) != (secret == null)) {
      throw new IllegalArgumentException("--api-key and --api-secret go together");
    }
    PaperExchangeServer server = new PaperExchangeServer(settings, Clock.systemUTC(), vertx);
    if (key != null && secret != null) {
      server.exchange().adoptKey(ACCOUNT, key, secret);
    } else {
      server.createAccount(ACCOUNT);
    }
    out.println(server.start());
    out.flush();
    return server;
  }

  private static Map<String, String> options(String... args) {
    Map<String, String> options = new LinkedHashMap<>();
    for (int i = 0; i < args.length; i += 2) {
      if (!OPTIONS.contains(args[i]) || i + 1 == args.length) {
        throw new IllegalArgumentException(
            // Not the text itself: it may be a secret in the wrong place.
            "unknown option or no value at argument " + (i + 1) + "; options: " + OPTIONS);
      }
      options.put(args[i], args[i + 1]);
    }
    return options;
  }
}
