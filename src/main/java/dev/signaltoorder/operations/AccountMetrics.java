package dev.signaltoorder.operations;

import dev.signaltoorder.trading.AccountStatus;
import dev.signaltoorder.trading.Accounts;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.function.ToDoubleFunction;

/** What of each account's state a monitoring system should see; NaN while it is not served here. */
@Singleton
class AccountMetrics {

  /** Registers the gauges; they read the status when they are asked. */
  void register(@Observes StartupEvent event, Accounts accounts, MeterRegistry meters) {
    for (String account : accounts.names()) {
      gauge("breaker_open", account, accounts, meters, AccountMetrics::breakerOpen);
      gauge("locked_out", account, accounts, meters, s -> s.exchange().lockedOut() ? 1 : 0);
      gauge("parked_signals", account, accounts, meters, s -> s.exchange().parkedSignals());
      gauge("invariant_violations", account, accounts, meters, AccountStatus::invariantViolations);
    }
  }

  private static double breakerOpen(AccountStatus status) {
    return status.exchange().breaker().equals("CLOSED") ? 0 : 1;
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
