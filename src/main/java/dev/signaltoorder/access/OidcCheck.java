package dev.signaltoorder.access;

import dev.signaltoorder.problem.ConfigurationCheck;
import dev.signaltoorder.problem.ConfigurationProblem;
import io.quarkus.runtime.configuration.DurationConverter;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Everything wrong with {@code signal-to-order.oidc.*}. An issuer without an audience is refused:
 * any token of that issuer, made out for whatever service, would be good here.
 */
@ApplicationScoped
class OidcCheck implements ConfigurationCheck {
  private static final String PREFIX = "signal-to-order.oidc.";
  private static final Duration REFRESH_MIN = Duration.ofSeconds(1);
  private static final Duration REFRESH_MAX = Duration.ofHours(1);

  /** Words that mean "whatever it is" to somebody. */
  private static final Set<String> ANY = Set.of("any", "*");

  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}|\\[::1]");
  private static final Pattern CLAIM = Pattern.compile("\\S{1,200}");

  private final OidcSettings settings;
  private final Predicate<String> tlsIsKnown;

  @Inject
  OidcCheck(OidcSettings settings, NamedTls named) {
    this(settings, named::isKnown);
  }

  OidcCheck(OidcSettings settings, Predicate<String> tlsIsKnown) {
    this.settings = settings;
    this.tlsIsKnown = tlsIsKnown;
  }

  @Override
  public List<ConfigurationProblem> problems() {
    List<ConfigurationProblem> problems = new ArrayList<>();
    if (settings.issuer().isEmpty()) {
      if (isMeant()) {
        add(problems, "issuer", "is missing", "the https address that tokens name as their issuer");
      }
      return problems;
    }
    checkIssuer(settings.issuer().get(), problems);
    checkAudience(problems);
    checkRoles(problems);
    checkClaim("role-claim", settings.roleClaim(), problems);
    checkClaim("name-claim", settings.nameClaim(), problems);
    if (refresh(settings.refreshKeysEvery()) == null) {
      add(problems, "refresh-keys-every", "is no usable duration", "1s to 1h, for example 1m");
    }
    settings
        .tlsConfigurationName()
        .filter(tlsIsKnown.negate())
        .ifPresent(
            name ->
                add(
                    problems,
                    "tls-configuration-name",
                    "there is no quarkus.tls." + name,
                    "a name that is configured there"));
    return problems;
  }

  private boolean isMeant() {
    return settings.audience().isPresent()
        || !settings.roles().isEmpty()
        || settings.tlsConfigurationName().isPresent();
  }

  private static void checkIssuer(String issuer, List<ConfigurationProblem> problems) {
    if (!isUsable(issuer)) {
      add(
          problems,
          "issuer",
          "is no address of an issuer",
          "https://host[:port][/path] without user, query and fragment; http for loopback");
    }
  }

  private static boolean isUsable(String issuer) {
    URI address;
    try {
      address = URI.create(issuer);
    } catch (IllegalArgumentException e) {
      return false;
    }
    String host = address.getHost();
    boolean plain = "http".equals(address.getScheme());
    return host != null
        && (plain ? LOOPBACK.matcher(host).matches() : "https".equals(address.getScheme()))
        && address.getRawUserInfo() == null
        && address.getRawQuery() == null
        && address.getRawFragment() == null;
  }

  private void checkAudience(List<ConfigurationProblem> problems) {
    List<String> audience = settings.audience().orElse(List.of());
    if (audience.isEmpty()) {
      add(problems, "audience", "is missing", "what tokens for this service name as audience");
    } else if (audience.stream().anyMatch(each -> each.isBlank() || ANY.contains(each.strip()))) {
      add(problems, "audience", "allows every audience", "names of this service, no wildcard");
    }
  }

  private void checkRoles(List<ConfigurationProblem> problems) {
    settings
        .roles()
        .forEach(
            (role, words) -> {
              if (!Roles.ALL.contains(role)) {
                add(
                    problems,
                    "roles." + role,
                    "is no role",
                    "roles." + String.join(", roles.", new TreeSet<>(Roles.ALL)));
              } else if (words.isEmpty() || words.stream().anyMatch(String::isBlank)) {
                add(problems, "roles." + role, "is empty", "words of the role claim, with commas");
              }
            });
  }

  private static void checkClaim(String name, String claim, List<ConfigurationProblem> problems) {
    if (!CLAIM.matcher(claim).matches()) {
      add(problems, name, "is no claim", "1 to 200 characters without blanks");
    }
  }

  /** The duration, null when it is not one from 1 second to an hour. */
  static @Nullable Duration refresh(String text) {
    try {
      Duration value = DurationConverter.parseDuration(text.strip());
      return value != null && value.compareTo(REFRESH_MIN) >= 0 && value.compareTo(REFRESH_MAX) <= 0
          ? value
          : null;
    } catch (IllegalArgumentException | ArithmeticException e) {
      return null;
    }
  }

  private static void add(
      List<ConfigurationProblem> problems, String name, String problem, String allowed) {
    problems.add(new ConfigurationProblem(PREFIX + name, problem, allowed));
  }
}
