package dev.signaltoorder.kraken;

import dev.signaltoorder.problem.ConfigurationProblem;
import io.quarkus.runtime.configuration.DurationConverter;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@link KrakenConfig}, read and found good.
 *
 * @param restUrl scheme, host and perhaps port; no path
 * @param wsUrl public websocket with its path; empty means REST only
 * @param wsAuthUrl private websocket with its path; empty means REST only
 * @param connectTimeout 100 ms to 30 s
 * @param readTimeout 500 ms to 60 s
 * @param acceptUnprovenKeys trade with a key of which not every dangerous right was ruled out
 */
public record KrakenSettings(
    URI restUrl,
    Optional<URI> wsUrl,
    Optional<URI> wsAuthUrl,
    Duration connectTimeout,
    Duration readTimeout,
    boolean acceptUnprovenKeys) {

  private static final String PREFIX = "signal-to-order.kraken.";
  private static final Pattern LOOPBACK_V4 = Pattern.compile("127(\\.\\d{1,3}){3}");

  /**
   * Reads the configuration.
   *
   * @throws IllegalArgumentException naming every problem; does not happen once the configuration
   *     check has passed
   */
  public static KrakenSettings of(KrakenConfig config) {
    List<ConfigurationProblem> problems = new ArrayList<>();
    KrakenSettings settings = read(config, problems);
    if (settings == null) {
      throw new IllegalArgumentException(
          String.join("; ", problems.stream().map(ConfigurationProblem::line).toList()));
    }
    return settings;
  }

  /** Null if, and only if, something was added to {@code problems}. */
  static @Nullable KrakenSettings read(KrakenConfig config, List<ConfigurationProblem> problems) {
    int before = problems.size();
    URI restUrl = url("rest-url", config.restUrl(), "https", "http", problems);
    Optional<URI> wsUrl = optionalUrl("ws-url", config.wsUrl(), problems);
    Optional<URI> wsAuthUrl = optionalUrl("ws-auth-url", config.wsAuthUrl(), problems);
    Duration connect =
        duration("connect-timeout", config.connectTimeout(), 100, 30_000, "100ms to 30s", problems);
    Duration read =
        duration("read-timeout", config.readTimeout(), 500, 60_000, "500ms to 60s", problems);
    String unproven = config.unprovenKeys().strip();
    if (!unproven.equals("refuse") && !unproven.equals("accept")) {
      problems.add(
          new ConfigurationProblem(
              PREFIX + "unproven-keys", "\"" + unproven + "\" is neither", "refuse or accept"));
    }
    if (problems.size() > before || restUrl == null || connect == null || read == null) {
      return null;
    }
    return new KrakenSettings(restUrl, wsUrl, wsAuthUrl, connect, read, unproven.equals("accept"));
  }

  private static Optional<URI> optionalUrl(
      String name, Optional<String> text, List<ConfigurationProblem> problems) {
    return text.filter(value -> !value.isBlank())
        .flatMap(value -> Optional.ofNullable(url(name, value, "wss", "ws", problems)));
  }

  private static @Nullable URI url(
      String name, String text, String secure, String plain, List<ConfigurationProblem> problems) {
    boolean rest = secure.equals("https");
    String allowed =
        secure
            + "://host[:port]"
            + (rest ? " without a path" : " with its path")
            + "; "
            + plain
            + ":// only for localhost, 127.x.x.x or [::1]";
    URI uri;
    try {
      uri = URI.create(text.strip());
    } catch (IllegalArgumentException e) {
      problems.add(new ConfigurationProblem(PREFIX + name, "is not a URL", allowed));
      return null;
    }
    String wrong = wrongWith(uri, secure, plain, rest);
    if (wrong != null) {
      problems.add(new ConfigurationProblem(PREFIX + name, wrong, allowed));
      return null;
    }
    return rest ? URI.create(uri.getScheme() + "://" + uri.getRawAuthority()) : uri;
  }

  private static @Nullable String wrongWith(URI uri, String secure, String plain, boolean rest) {
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    String host = uri.getHost();
    if (host == null || !(scheme.equals(secure) || scheme.equals(plain))) {
      return "is not a " + secure + " URL with a host";
    }
    if (uri.getRawUserInfo() != null || uri.getRawQuery() != null || uri.getRawFragment() != null) {
      return "has user information, a query or a fragment";
    }
    String path = uri.getRawPath() == null ? "" : uri.getRawPath();
    if (rest && !(path.isEmpty() || path.equals("/"))) {
      return "has a path";
    }
    if (scheme.equals(plain) && !isLoopback(host)) {
      return "is not encrypted and its host is not this machine";
    }
    return null;
  }

  // The name decides, never a look-up: what a resolver answers now need not be what it answers
  // when the call is made.
  private static boolean isLoopback(String host) {
    return host.equalsIgnoreCase("localhost")
        || host.equals("[::1]")
        || LOOPBACK_V4.matcher(host).matches();
  }

  private static @Nullable Duration duration(
      String name,
      String text,
      long minMs,
      long maxMs,
      String allowed,
      List<ConfigurationProblem> problems) {
    try {
      Duration value = DurationConverter.parseDuration(text.strip());
      if (value != null
          && value.compareTo(Duration.ofMillis(minMs)) >= 0
          && value.compareTo(Duration.ofMillis(maxMs)) <= 0) {
        return value;
      }
      problems.add(new ConfigurationProblem(PREFIX + name, "is out of range", allowed));
    } catch (IllegalArgumentException | ArithmeticException e) {
      problems.add(new ConfigurationProblem(PREFIX + name, "is not a duration", allowed));
    }
    return null;
  }
}
