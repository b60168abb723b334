package dev.signaltoorder.operations;

import dev.signaltoorder.trading.AccountStatus;
import dev.signaltoorder.trading.Accounts;
import dev.signaltoorder.trading.Message;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.sql.DataSource;
import org.jboss.logging.Logger;

/** The journals of all accounts. Only those that this process leads can be written to. */
@Singleton
class Journals implements SecretsJournals {
  private static final Logger LOG = Logger.getLogger(Journals.class);
  private static final long WAIT_SECONDS = 5;

  private static final String ON_RECORD =
      "select exists (select 1 from journal where account = ? and recorded_at >= ?"
          + " and kind in ('secrets-replaced', 'certificate-replaced')"
          + " and body ->> 'what' = ? and body ->> 'to' = ?)";

  private final Accounts accounts;
  private final DataSource dataSource;

  Journals(Accounts accounts, DataSource dataSource) {
    this.accounts = accounts;
    this.dataSource = dataSource;
  }

  /** Gives each account's loop a message that becomes a fact; a failure is logged. */
  void tell(Message message) {
    for (AccountStatus led : accounts.status()) {
      accounts
          .command(led.account(), message)
          .exceptionally(
              failure -> {
                notTold(led.account(), message, failure);
                return null;
              });
    }
  }

  @Override
  public List<String> accounts() {
    return accounts.names();
  }

  @Override
  public boolean tell(String account, Message.Replacement replaced) {
    if (accounts.status().stream().noneMatch(led -> led.account().equals(account))) {
      return false;
    }
    try {
      return accounts
          .command(account, replaced)
          .toCompletableFuture()
          .get(WAIT_SECONDS, TimeUnit.SECONDS)
          .done();
    } catch (ExecutionException | TimeoutException e) {
      notTold(account, replaced, e);
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static void notTold(String account, Message message, Throwable failure) {
    LOG.warnf(
        "account %s: a %s is not in its journal: %s",
        account, message.getClass().getSimpleName(), failure.getMessage());
  }

  @Override
  public boolean isOnRecord(String account, Message.Replacement replaced, Instant since)
      throws SQLException {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(ON_RECORD)) {
      statement.setString(1, account);
      statement.setObject(2, since.atOffset(ZoneOffset.UTC));
      statement.setString(3, replaced.what());
      statement.setString(4, replaced.to());
      try (ResultSet row = statement.executeQuery()) {
        return row.next() && row.getBoolean(1);
      }
    }
  }
}
