package dev.signaltoorder.operations;

import dev.signaltoorder.trading.AccountStatus;
import dev.signaltoorder.trading.Accounts;
import java.util.List;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready means: the journal is there, migrated and folded, and every account is served here.
 * Kraken's state and arming do not count: an outage there must not restart anything.
 */
@Readiness
class AccountsServing implements HealthCheck {
  private final Accounts accounts;

  AccountsServing(Accounts accounts) {
    this.accounts = accounts;
  }

  @Override
  public HealthCheckResponse call() {
    List<String> serving = accounts.status().stream().map(AccountStatus::account).toList();
    return HealthCheckResponse.named("accounts are served")
        .status(serving.containsAll(accounts.names()))
        .withData("serving", String.join(",", serving))
        .build();
  }
}
