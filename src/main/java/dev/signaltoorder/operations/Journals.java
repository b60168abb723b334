package dev.signaltoorder.operations;

import dev.signaltoorder.trading.AccountStatus;
import dev.signaltoorder.trading.Accounts;
import dev.signaltoorder.trading.Message;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/** The journals of all accounts that this process leads. */
@Singleton
class Journals {
  private static final Logger LOG = Logger.getLogger(Journals.class);

  private final Accounts accounts;

  Journals(Accounts accounts) {
    this.accounts = accounts;
  }

  /** Gives each account's loop a message that becomes a fact; a failure is logged. */
  void tell(Message message) {
    for (AccountStatus led : accounts.status()) {
      accounts
          .command(led.account(), message)
          .exceptionally(
              failure -> {
                LOG.warnf(
                    "account %s: a %s is not in its journal: %s",
                    led.account(), message.getClass().getSimpleName(), failure.getMessage());
                return null;
              });
    }
  }
}
