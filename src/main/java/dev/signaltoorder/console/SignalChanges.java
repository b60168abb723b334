package dev.signaltoorder.console;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import javax.sql.DataSource;
import org.jboss.logging.Logger;

/**
 * Says when a signal arrived or became something else, whichever process leads its account: the
 * journals are looked at once a second, once for all who listen, and only while somebody does.
 */
@Singleton
class SignalChanges {
  private static final Logger LOG = Logger.getLogger(SignalChanges.class);
  private static final Duration EVERY = Duration.ofSeconds(1);

  /** A connection that says nothing is closed after 15 s (quarkus.http.idle-timeout). */
  private static final int QUIET_AT_MOST = 5;

  private static final String SIZES = "select account, journal_size from lease";
  private static final String OF_SIGNALS =
      "select exists (select from journal where account = ? and seq >= ? and signal_id is not null)";

  private final DataSource dataSource;
  private final Multi<Beat> beats;
  private final Map<String, Long> seen = new HashMap<>();
  private int quiet;

  /** What a look at the journals showed. */
  enum Beat {
    CHANGED,
    /** Nothing, for so long that it should be said. */
    STILL,
    NOTHING
  }

  SignalChanges(DataSource dataSource) {
    this.dataSource = dataSource;
    this.beats =
        Multi.createFrom()
            .ticks()
            .every(EVERY)
            .onOverflow()
            .drop()
            .emitOn(Infrastructure.getDefaultWorkerPool())
            .map(tick -> look())
            .broadcast()
            .withCancellationAfterLastSubscriberDeparture()
            .toAllSubscribers();
  }

  /** For one listener, who misses what it is too slow for. */
  Multi<Beat> beats() {
    return beats.onOverflow().drop().select().where(beat -> beat != Beat.NOTHING);
  }

  /** One look at a time. */
  synchronized Beat look() {
    boolean changed = false;
    try {
      changed = hasChanged();
    } catch (SQLException e) {
      // Who looks at the page is told by the page itself: it cannot be fetched either.
      LOG.debugf("the journals could not be looked at: %s", e.getMessage());
    }
    quiet = changed ? 0 : quiet + 1;
    if (changed) {
      return Beat.CHANGED;
    }
    return quiet % QUIET_AT_MOST == 0 ? Beat.STILL : Beat.NOTHING;
  }

  private boolean hasChanged() throws SQLException {
    boolean changed = false;
    try (Connection connection = dataSource.getConnection();
        PreparedStatement sizes = connection.prepareStatement(SIZES);
        ResultSet row = sizes.executeQuery()) {
      while (row.next()) {
        String account = row.getString(1);
        long size = row.getLong(2);
        Long before = seen.put(account, size);
        if (before == null || (size > before && concernsSignals(connection, account, before))) {
          changed = true;
        }
      }
    }
    return changed;
  }

  private static boolean concernsSignals(Connection connection, String account, long from)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(OF_SIGNALS)) {
      statement.setString(1, account);
      statement.setLong(2, from);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() && row.getBoolean(1);
      }
    }
  }
}
