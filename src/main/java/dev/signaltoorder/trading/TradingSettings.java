package dev.signaltoorder.trading;

import dev.signaltoorder.kraken.KeyFiles;
import dev.signaltoorder.kraken.RestTier;
import dev.signaltoorder.problem.ConfigurationProblem;
import dev.signaltoorder.risk.RuleSetValidation;
import dev.signaltoorder.risk.ShippedRuleSets;
import io.quarkus.runtime.configuration.DurationConverter;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@link TradingConfig}, read.
 *
 * @param mode paper, validate or live
 * @param accounts by name, never empty; in paper mode without key files
 * @param rules the configured rules
 * @param confirmation when rules wait for a second operator
 * @param policy the core's times
 * @param lease times of the accounts' leases
 * @param problems what is wrong; when not empty, the rest is not to be used
 */
public record TradingSettings(
    String mode,
    Map<String, AccountKeys> accounts,
    SortedMap<String, SortedMap<String, String>> rules,
    RuleConfirmation confirmation,
    CorePolicy policy,
    LeaseTimes lease,
    List<ConfigurationProblem> problems) {

  private static final String PREFIX = "signal-to-order.";
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,31}");
  private static final Set<String> RESERVED = Set.of("service");

  /**
   * One account's keys.
   *
   * @param files empty in paper mode: the simulated exchange makes the key
   */
  public record AccountKeys(Optional<KeyFiles> files, RestTier tier) {}

  /** Reads the configuration; never throws for a wrong value. */
  public static TradingSettings read(TradingConfig config) {
    List<ConfigurationProblem> problems = new ArrayList<>();
    String mode = config.mode().strip();
    if (!Set.of("paper", "validate", "live").contains(mode)) {
      problems.add(problem("mode", "\"" + mode + "\" is no mode", "paper, validate or live"));
    }
    Map<String, AccountKeys> accounts = accounts(config, mode, problems);
    SortedMap<String, SortedMap<String, String>> rules = rules(config.rules(), problems);
    CorePolicy policy =
        policy(config.orders(), parking(config.trading(), problems), problems)
            .with(ProtectionSettings.read(config.protection(), problems))
            .with(ConditionSettings.read(config.conditions(), problems))
            .withDeadMansSwitch(deadMansSwitch(config.trading(), problems))
            .with(balances(config.orders(), problems))
            .with(ActConfirmation.read(config.operations(), problems));
    RuleConfirmation confirmation = RuleConfirmation.read(config.rules(), problems);
    LeaseTimes lease = new LeaseTimes(duration("lease", config.lease(), 2_000, 60_000, problems));
    return new TradingSettings(
        mode, accounts, rules, confirmation, policy, lease, List.copyOf(problems));
  }

  private static Map<String, AccountKeys> accounts(
      TradingConfig config, String mode, List<ConfigurationProblem> problems) {
    Map<String, AccountKeys> accounts = new TreeMap<>();
    config
        .accounts()
        .forEach((name, account) -> accounts.put(name, account(name, account, mode, problems)));
    if (accounts.isEmpty() && mode.equals("paper")) {
      accounts.put("paper", new AccountKeys(Optional.empty(), RestTier.STARTER));
    } else if (accounts.isEmpty()) {
      problems.add(
          problem(
              "accounts",
              "no account is configured",
              "accounts.<name>.trade-key-file and .trade-secret-file in validate and live mode"));
    }
    return accounts;
  }

  private static AccountKeys account(
      String name,
      TradingConfig.Account account,
      String mode,
      List<ConfigurationProblem> problems) {
    String prefix = "accounts." + name;
    if (!NAME.matcher(name).matches() || RESERVED.contains(name)) {
      problems.add(
          problem(prefix, "is no usable name", "1 to 32 of a-z, 0-9 and -, and not \"service\""));
    }
    Optional<RestTier> tier = RestTier.of(account.tier());
    if (tier.isEmpty()) {
      problems.add(
          problem(
              prefix + ".tier",
              "\"" + account.tier() + "\" is no tier",
              "starter, intermediate or pro"));
    }
    if (mode.equals("paper")) {
      return new AccountKeys(Optional.empty(), tier.orElse(RestTier.STARTER));
    }
    KeyFiles files =
        new KeyFiles(
            PREFIX + prefix + ".",
            account.tradeKeyFile(),
            account.tradeSecretFile(),
            account.readKeyFile(),
            account.readSecretFile());
    if (files.load() instanceof KeyFiles.Unusable unusable) {
      problems.addAll(unusable.problems());
    }
    return new AccountKeys(Optional.of(files), tier.orElse(RestTier.STARTER));
  }

  private static SortedMap<String, SortedMap<String, String>> rules(
      TradingConfig.Rules config, List<ConfigurationProblem> problems) {
    SortedMap<String, SortedMap<String, String>> rules = new TreeMap<>();
    SortedMap<String, SortedMap<String, String>> preset =
        ShippedRuleSets.byName().get(config.preset());
    if (preset == null) {
      problems.add(
          problem(
              "rules.preset", "\"" + config.preset() + "\" is no shipped set", "retail or pro"));
      return rules;
    }
    preset.forEach((code, parameters) -> rules.put(code, new TreeMap<>(parameters)));
    config
        .override()
        .forEach(
            (code, parameters) ->
                rules.computeIfAbsent(code, c -> new TreeMap<>()).putAll(parameters));
    RuleSetValidation.problems(rules)
        .forEach(
            found ->
                problems.add(
                    problem(
                        found.field().replaceFirst("^rules\\.", "rules.override."),
                        found.problem(),
                        found.allowed())));
    return rules;
  }

  private static Parking parking(
      TradingConfig.Trading config, List<ConfigurationProblem> problems) {
    String what = config.whenExchangeUnavailable().strip();
    if (!Set.of("refuse", "park").contains(what)) {
      problems.add(
          problem(
              "trading.when-exchange-unavailable",
              "\"" + what + "\" is not known",
              "refuse or park"));
    }
    Duration within = duration("trading.park-for", config.parkFor(), 1_000, 3_600_000, problems);
    int most = config.parkAtMost();
    if (most < 1 || most > 500) {
      problems.add(problem("trading.park-at-most", most + " is out of range", "1 to 500"));
    }
    return what.equals("park") ? new Parking(most, within) : Parking.NONE;
  }

  private static @Nullable Duration deadMansSwitch(
      TradingConfig.Trading config, List<ConfigurationProblem> problems) {
    String text = config.deadMansSwitch().map(String::strip).orElse("");
    return text.isEmpty()
        ? null
        : duration("trading.dead-mans-switch", text, 15_000, 3_600_000, problems)
            .truncatedTo(ChronoUnit.SECONDS);
  }

  private static BalancesPolicy balances(
      TradingConfig.Orders config, List<ConfigurationProblem> problems) {
    return BalancesPolicy.atMost(
        duration("orders.balances-max-age", config.balancesMaxAge(), 40_000, 3_600_000, problems));
  }

  private static CorePolicy policy(
      TradingConfig.Orders orders, Parking parking, List<ConfigurationProblem> problems) {
    CorePolicy standard = CorePolicy.standard();
    Duration deadline = duration("orders.deadline", orders.deadline(), 3_000, 20_000, problems);
    // Kraken takes no order whose deadline is less than two seconds ahead.
    long mostSend = deadline.toMillis() - 2_000;
    long leastPause = Math.max(deadline.toMillis() / 2, 1_500);
    return new CorePolicy(
        deadline,
        duration(
            "orders.send-within",
            orders.sendWithin().orElse(Math.min(5_000, mostSend) + "ms"),
            500,
            mostSend,
            problems),
        duration("orders.decide-within", orders.decideWithin(), 100, 60_000, problems),
        standard.freshFor(),
        duration("orders.look-up-every", orders.lookUpEvery(), leastPause, 60_000, problems),
        duration(
            "orders.silence-final-after", orders.silenceFinalAfter(), 5_000, 600_000, problems),
        standard.agreeingLookUps(),
        standard.quarantineAfter(),
        standard.followEvery(),
        standard.balancesEvery(),
        standard.watchAfter(),
        parking);
  }

  private static Duration duration(
      String name, String text, long leastMs, long mostMs, List<ConfigurationProblem> problems) {
    String allowed = "a duration of " + leastMs + "ms to " + mostMs + "ms, for example 10s";
    try {
      Duration value = DurationConverter.parseDuration(text.strip());
      if (value != null && value.toMillis() >= leastMs && value.toMillis() <= mostMs) {
        return value;
      }
      problems.add(problem(name, "\"" + text + "\" is out of range", allowed));
    } catch (IllegalArgumentException | ArithmeticException e) {
      problems.add(problem(name, "\"" + text + "\" is not a duration", allowed));
    }
    return Duration.ofMillis(mostMs);
  }

  private static ConfigurationProblem problem(String name, String problem, String allowed) {
    return new ConfigurationProblem(PREFIX + name, problem, allowed);
  }
}
