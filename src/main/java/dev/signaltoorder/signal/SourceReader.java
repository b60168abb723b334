package dev.signaltoorder.signal;

import com.fasterxml.jackson.core.JsonPointer;
import dev.signaltoorder.problem.ConfigurationProblem;
import io.quarkus.runtime.configuration.DurationConverter;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads one source from the configuration and lists all that is wrong with it. */
final class SourceReader {
  private static final String PREFIX = "signal-to-order.sources.";
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,63}");
  private static final Duration LONGEST = Duration.ofDays(7);
  private static final Duration SILENCE_MIN = Duration.ofSeconds(1);
  private static final int RATE_MAX = 100_000;

  private final String name;
  private final SourcesConfig.Source configured;
  private final Set<String> accounts;
  private final Clock clock;
  private final List<ConfigurationProblem> problems = new ArrayList<>();

  SourceReader(String name, SourcesConfig.Source configured, Set<String> accounts, Clock clock) {
    this.name = name;
    this.configured = configured;
    this.accounts = accounts;
    this.clock = clock;
  }

  /** What was wrong, once {@link #read} has run. */
  List<ConfigurationProblem> problems() {
    return List.copyOf(problems);
  }

  /** The source; empty as soon as anything is wrong with it: half a source lets nobody in. */
  Optional<WebhookSource> read() {
    if (!NAME.matcher(name).matches()) {
      add("", "is no name for a source", "letters, digits, - and _, at most 64");
    }
    Authentication authentication = authentication();
    String account = account();
    AddressList addresses = addresses();
    int rate = rate();
    Duration silence = silence();
    MappingRules rules = new MappingReader(PREFIX + name, problems).read(configured, maxAge());
    if (authentication == null || account == null || !problems.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new WebhookSource(
            name,
            account,
            authentication,
            addresses,
            configured.clientCertificate().map(String::strip).orElse(null),
            rate,
            silence,
            new PayloadMapping(name, rules)));
  }

  private @Nullable Authentication authentication() {
    String auth = configured.auth().orElse("");
    return switch (auth) {
      case "standard-webhooks" -> {
        if (configured.tokenField().isPresent()) {
          add("token-field", "is set for a source that signs", "only with auth=token");
        }
        SecretsFile<SigningKeys> keys = secrets(SigningKeys::parse, SigningKeys.ALLOWED);
        yield keys == null ? null : new Authentication.Signed(keys);
      }
      case "token" -> {
        JsonPointer field = tokenField();
        SecretsFile<TokenHashes> hashes = secrets(TokenHashes::parse, TokenHashes.ALLOWED);
        yield hashes == null ? null : new Authentication.Token(hashes, field);
      }
      default -> {
        add("auth", auth.isEmpty() ? "is missing" : "is unknown", "standard-webhooks, token");
        yield null;
      }
    };
  }

  private @Nullable JsonPointer tokenField() {
    String pointer = configured.tokenField().orElse(null);
    if (pointer == null) {
      return null;
    }
    if (!MappingReader.isPointer(pointer)) {
      add("token-field", "is no JSON Pointer", "a JSON Pointer, /token");
      return null;
    }
    return JsonPointer.compile(pointer);
  }

  private <T> @Nullable SecretsFile<T> secrets(SecretsFile.Parser<T> parser, String allowed) {
    String path = configured.secretsFile().orElse(null);
    if (path == null) {
      add("secrets-file", "is missing", "path of a file with one secret a line");
      return null;
    }
    try {
      SecretsFile<T> file = new SecretsFile<>(Path.of(path), parser, clock);
      file.open().forEach(problem -> add("secrets-file", problem, "each line " + allowed));
      return file;
    } catch (InvalidPathException e) {
      add("secrets-file", "is no path", "path of a file with one secret a line");
      return null;
    }
  }

  private @Nullable String account() {
    String names = String.join(", ", accounts.stream().sorted().toList());
    String account = configured.account().orElse(null);
    if (account == null && accounts.size() == 1) {
      return accounts.iterator().next();
    }
    if (account == null || !accounts.contains(account)) {
      add(
          "account",
          account == null ? "is missing and there is not exactly one account" : "is unknown",
          names.isEmpty() ? "a configured account; there is none" : names);
      return null;
    }
    return account;
  }

  private AddressList addresses() {
    List<AddressList.Range> ranges = new ArrayList<>();
    for (String entry : configured.allowedAddresses().orElse(List.of())) {
      Optional<AddressList.Range> range = AddressList.Range.parse(entry);
      range.ifPresent(ranges::add);
      if (range.isEmpty()) {
        add(
            "allowed-addresses",
            FieldValues.excerpt(entry) + " is no address",
            AddressList.ALLOWED);
      }
    }
    return new AddressList(ranges);
  }

  private @Nullable Duration maxAge() {
    return duration("max-age", configured.maxAge(), Duration.ofNanos(1), "90s or PT90S");
  }

  private @Nullable Duration silence() {
    return duration(
        "alarm-after-silence", configured.alarmAfterSilence(), SILENCE_MIN, "of 1s or more, 30m");
  }

  private @Nullable Duration duration(
      String setting, Optional<String> text, Duration least, String example) {
    if (text.isEmpty()) {
      return null;
    }
    try {
      Duration value = DurationConverter.parseDuration(text.get());
      if (value != null && value.compareTo(least) >= 0 && value.compareTo(LONGEST) <= 0) {
        return value;
      }
    } catch (RuntimeException e) {
      // Not a duration: the problem below says it. The converter wraps what it fails with.
    }
    add(setting, "is no usable duration", "a duration up to 7 days, " + example);
    return null;
  }

  private int rate() {
    return readRate(configured.rateLimit())
        .orElseGet(
            () -> {
              add("rate-limit", "is no usable number", "deliveries a minute, 1 to " + RATE_MAX);
              return 1;
            });
  }

  /** A rate per minute, 1 to 100,000; empty when it is anything else. */
  static Optional<Integer> readRate(String text) {
    String rate = text.strip();
    if (!rate.matches("[0-9]{1,6}")) {
      return Optional.empty();
    }
    int number = Integer.parseInt(rate);
    return number >= 1 && number <= RATE_MAX ? Optional.of(number) : Optional.empty();
  }

  private void add(String setting, String problem, String allowed) {
    String full = setting.isEmpty() ? PREFIX + name : PREFIX + name + "." + setting;
    problems.add(new ConfigurationProblem(full, problem, allowed));
  }
}
