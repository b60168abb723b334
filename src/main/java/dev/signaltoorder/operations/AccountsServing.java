package dev.signaltoorder.operations;

import dev.signaltoorder.trading.AccountStatus;
import dev.signaltoorder.trading.Accounts;
import java.util.List;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready means: the database is there and migrated, and every account is led by some process, here
 * or elsewhere. While an account changes hands its webhooks are taken all the same, so that is no
 * outage. Kraken's state and arming do not count either: an outage there must not restart anything.
 */
@Readiness
class AccountsServing implements HealthCheck {
  private final Accounts accounts;

  AccountsServing(Accounts accounts) {
    this.accounts = accounts;
  }

  @Override
  public HealthCheckResponse call() {
    List<String> here = accounts.status().stream().map(AccountStatus::account).toList();
    List<String> nowhere =
        accounts.names().stream().filter(name -> !accounts.isServed(name)).toList();
    return HealthCheckResponse.named("accounts are served")
        .status(nowhere.isEmpty())
        .withData("here", String.join(",", here))
        .withData("nowhere", String.join(",", nowhere))
        .build();
  }
}
