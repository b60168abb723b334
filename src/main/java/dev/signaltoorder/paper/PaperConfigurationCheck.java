package dev.signaltoorder.paper;

import dev.signaltoorder.problem.ConfigurationCheck;
import dev.signaltoorder.problem.ConfigurationProblem;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the simulated exchange's configuration and lists all that is wrong with it. */
@Singleton
public class PaperConfigurationCheck implements ConfigurationCheck {

  private static final String PREFIX = "signal-to-order.paper.";
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  private final PaperConfig config;

  /** Reads nothing yet. */
  public PaperConfigurationCheck(PaperConfig config) {
    this.config = config;
  }

  @Override
  public List<ConfigurationProblem> problems() {
    Reading reading = new Reading();
    reading.settings(config);
    return List.copyOf(reading.problems);
  }

  /**
   * The configuration's meaning.
   *
   * @throws IllegalStateException if there are {@link #problems}
   */
  public PaperSettings settings() {
    Reading reading = new Reading();
    PaperSettings settings = reading.settings(config);
    if (!reading.problems.isEmpty()) {
      throw new IllegalStateException(reading.problems.getFirst().line());
    }
    return settings;
  }

  /** One pass over all values: a wrong one is noted and replaced, so that all are looked at. */
  private static final class Reading {

    private final List<ConfigurationProblem> problems = new ArrayList<>();

    PaperSettings settings(PaperConfig config) {
      return new PaperSettings(
          port(config.port()),
          prices(config.prices()),
          seed(config.seed()),
          priceUrl(config.priceUrl()),
          stateFile(config.stateFile().orElse(null)),
          balances(config.balances()),
          limits(config.enforceLimits()));
    }

    private @Nullable TradingTier limits(String text) {
      return switch (text) {
        case "false" -> null;
        case "true", "starter" -> TradingTier.STARTER;
        case "intermediate" -> TradingTier.INTERMEDIATE;
        case "pro" -> TradingTier.PRO;
        default -> {
          note("enforce-limits", "is no tier", "false, starter, intermediate or pro");
          yield null;
        }
      };
    }

    private void note(String name, String problem, String allowed) {
      problems.add(new ConfigurationProblem(PREFIX + name, problem, allowed));
    }

    private int port(String text) {
      try {
        int port = Integer.parseInt(text);
        if (port >= 0 && port <= 65_535) {
          return port;
        }
      } catch (NumberFormatException e) {
        // Noted below, like a number out of range.
      }
      note("port", "not a port: " + text, "0 (a free one) to 65535");
      return 0;
    }

    private PriceMode prices(String text) {
      PriceMode mode = PriceMode.named(text);
      if (mode == null) {
        note("prices", "unknown: " + text, "auto, walk or kraken");
        return PriceMode.WALK;
      }
      return mode;
    }

    private long seed(String text) {
      try {
        return Long.parseLong(text);
      } catch (NumberFormatException e) {
        note("seed", "not a whole number: " + text, "a whole number of 64 bits");
        return 0;
      }
    }

    private URI priceUrl(String text) {
      try {
        URI url = new URI(text);
        String host = url.getHost();
        if (host != null
            && ("https".equals(url.getScheme())
                || ("http".equals(url.getScheme()) && LOOPBACK.contains(host)))) {
          return url;
        }
      } catch (URISyntaxException e) {
        // Noted below, like a URL that is well-formed but not allowed.
      }
      note("price-url", "not a URL to fetch from: " + text, "https, or http on the loopback host");
      return URI.create("https://api.kraken.com");
    }

    private @Nullable Path stateFile(@Nullable String text) {
      if (text == null) {
        return null;
      }
      String allowed = "a file in an existing directory that can be written";
      try {
        Path file = Path.of(text).toAbsolutePath();
        Path directory = file.getParent();
        if (directory != null
            && Files.isDirectory(directory)
            && Files.isWritable(directory)
            && !Files.isDirectory(file)) {
          return file;
        }
        note("state-file", "cannot be written: " + file, allowed);
      } catch (InvalidPathException e) {
        note("state-file", "not a path: " + text, allowed);
      }
      return null;
    }

    private Map<String, BigDecimal> balances(Map<String, String> texts) {
      if (texts.isEmpty()) {
        return PaperSettings.DEFAULT_BALANCES;
      }
      Pairs pairs = Pairs.standard();
      Map<String, BigDecimal> balances = new LinkedHashMap<>();
      texts.forEach(
          (name, text) -> {
            Asset asset = pairs.asset(name);
            BigDecimal amount = amount(text);
            if (asset == null) {
              note("balances." + name, "unknown asset", "an asset id such as ZUSD or XXBT");
            } else if (amount == null || amount.scale() > asset.decimals()) {
              note(
                  "balances." + name,
                  "not an amount: " + text,
                  "a decimal, not negative, with at most " + asset.decimals() + " decimals");
            } else if (balances.put(asset.id(), amount) != null) {
              note(
                  "balances." + name,
                  "the asset is named twice",
                  "one of " + asset.id() + " and " + asset.altname().toLowerCase(Locale.ROOT));
            }
          });
      return balances;
    }

    private static @Nullable BigDecimal amount(String text) {
      try {
        BigDecimal amount = new BigDecimal(text);
        return amount.signum() < 0 || text.length() > 40 ? null : amount;
      } catch (NumberFormatException e) {
        return null;
      }
    }
  }
}
