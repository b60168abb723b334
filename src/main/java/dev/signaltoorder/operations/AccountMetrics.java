package dev.signaltoorder.operations;

import dev.signaltoorder.trading.AccountStatus;
import dev.signaltoorder.trading.Accounts;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/** What of each account's state a monitoring system should see; NaN while it is not served here. */
@Singleton
class AccountMetrics {

  /** Registers the gauges; they read the status when they are asked. */
  void register(
      @Observes StartupEvent event,
      Accounts accounts,
      MeterRegistry meters,
      LoopMeters loops,
      KrakenMeters kraken) {
    for (String account : accounts.names()) {
      loops.known(account);
      kraken.known(account);
      gauge("undecided_signals", account, accounts, meters, AccountStatus::undecidedSignals);
      gauge("silent_sources", account, accounts, meters, s -> s.silentSources().size());
      gauge("unprotected_positions", account, accounts, meters, AccountMetrics::unprotected);
      gauge("key_warnings", account, accounts, meters, s -> s.keyWarnings().size());
      gauge("waiting_messages", account, accounts, meters, AccountStatus::waitingMessages);
      for (String state : List.of("Intended", "InDoubt", "Quarantined", "Open")) {
        tagged("orders", account, "state", state, accounts, meters, s -> orders(s, state));
      }
      for (String state : List.of("ACTIVE", "ENTRIES_HALTED", "HALTED", "NOT_ARMED")) {
        tagged("trading_state", account, "state", state, accounts, meters, s -> is(s, state));
      }
      own("leads", account, meters, () -> leads(accounts, account));
      own("served", account, meters, () -> accounts.isServed(account) ? 1 : 0);
      own("oldest_waiting_seconds", account, meters, () -> oldest(accounts, account));
      gauge("breaker_open", account, accounts, meters, AccountMetrics::breakerOpen);
      gauge("locked_out", account, accounts, meters, s -> s.exchange().lockedOut() ? 1 : 0);
      gauge("parked_signals", account, accounts, meters, s -> s.exchange().parkedSignals());
      gauge("invariant_violations", account, accounts, meters, AccountStatus::invariantViolations);
    }
  }

  private static double breakerOpen(AccountStatus status) {
    return status.exchange().breaker().equals("CLOSED") ? 0 : 1;
  }

  private static double unprotected(AccountStatus status) {
    return status.protections().stream().filter(p -> p.state().equals("IMPOSSIBLE")).count();
  }

  private static double orders(AccountStatus status, String state) {
    return status.ordersByState().getOrDefault(state, 0);
  }

  private static double is(AccountStatus status, String state) {
    return status.tradingState().equals(state) ? 1 : 0;
  }

  private static double leads(Accounts accounts, String account) {
    return accounts.status().stream().anyMatch(s -> s.account().equals(account)) ? 1 : 0;
  }

  private static double oldest(Accounts accounts, String account) {
    return accounts.oldestWaitingNanos(account) / 1e9;
  }

  /** Not of the account's state, but of this process. */
  private static void own(
      String name, String account, MeterRegistry meters, Supplier<Number> value) {
    Gauge.builder("signal_to_order_" + name, value).tag("account", account).register(meters);
  }

  private static void tagged(
      String name,
      String account,
      String tag,
      String tagValue,
      Accounts accounts,
      MeterRegistry meters,
      ToDoubleFunction<AccountStatus> value) {
    Gauge.builder("signal_to_order_" + name, () -> read(accounts, account, value))
        .tag("account", account)
        .tag(tag, tagValue)
        .register(meters);
  }

  private static void gauge(
      String name,
      String account,
      Accounts accounts,
      MeterRegistry meters,
      ToDoubleFunction<AccountStatus> value) {
    Gauge.builder("signal_to_order_" + name, () -> read(accounts, account, value))
        .tag("account", account)
        .register(meters);
  }

  private static double read(
      Accounts accounts, String account, ToDoubleFunction<AccountStatus> value) {
    return accounts.status().stream()
        .filter(status -> status.account().equals(account))
        .mapToDouble(value)
        .findFirst()
        .orElse(Double.NaN);
  }
}
