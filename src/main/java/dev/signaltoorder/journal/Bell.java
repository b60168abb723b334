package dev.signaltoorder.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/**
 * Tells the leader of an account, wherever it runs, that something waits for it: PostgreSQL's
 * NOTIFY and LISTEN, with a connection for each. Only a wake-up: a ring may be lost, so whoever
 * listens also looks by itself from time to time. Rings are not part of the commits they follow,
 * because commits that notify wait for each other; many rings in a short time become one.
 */
public final class Bell implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(Bell.class);
  private static final String CHANNEL = "signal_to_order";
  private static final Duration HEAR_FOR = Duration.ofSeconds(1);
  private static final int HEARS_PER_LISTEN = 15;
  private static final Duration RETRY = Duration.ofMillis(500);
  private static final int MOST_WAITING = 10_000;

  private final DataSource dataSource;
  private final BlockingQueue<String> rings = new LinkedBlockingQueue<>(MOST_WAITING);
  private final Thread ringer =
      Thread.ofPlatform().daemon().name("bell-ring").unstarted(this::ring);
  private final Thread listener =
      Thread.ofPlatform().daemon().name("bell-listen").unstarted(this::listen);
  private final Consumer<String> heard;
  private volatile boolean stopping;

  /**
   * Over one database; silent until started.
   *
   * @param heard told the account for which something waits; must not block
   */
  public Bell(DataSource dataSource, Consumer<String> heard) {
    this.dataSource = dataSource;
    this.heard = heard;
  }

  public void start() {
    ringer.start();
    listener.start();
  }

  @Override
  public void close() {
    stopping = true;
    ringer.interrupt();
    listener.interrupt();
    try {
      ringer.join(Duration.ofSeconds(2));
      listener.join(Duration.ofSeconds(2));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Something waits for this account. Never blocks. */
  public void ring(String account) {
    // Full: the leader is being rung all the time anyway.
    boolean noted = rings.offer(account);
    LOG.tracef("ring for %s: %s", account, noted);
  }

  private void ring() {
    while (!stopping) {
      try {
        Set<String> accounts = new TreeSet<>(Set.of(rings.take()));
        rings.drainTo(accounts);
        notify(accounts);
      } catch (SQLException e) {
        LOG.debugf("no bell: %s", e.getMessage());
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private void notify(Set<String> accounts) throws SQLException {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement("select pg_notify(?, ?)")) {
      for (String account : accounts) {
        statement.setString(1, CHANNEL);
        statement.setString(2, account);
        statement.execute();
      }
    }
  }

  private void listen() {
    while (!stopping) {
      try (Connection connection = dataSource.getConnection();
          Statement statement = connection.createStatement()) {
        PGConnection postgres = connection.unwrap(PGConnection.class);
        while (!stopping) {
          // Said again from time to time: silence alone does not show that the network is gone.
          statement.execute("listen " + CHANNEL);
          for (int i = 0; i < HEARS_PER_LISTEN && !stopping; i++) {
            hear(postgres);
          }
        }
      } catch (SQLException e) {
        LOG.debugf("the bell is not heard: %s", e.getMessage());
        if (!pause()) {
          return;
        }
      }
    }
  }

  private void hear(PGConnection postgres) throws SQLException {
    PGNotification[] notifications =
        postgres.getNotifications(Math.toIntExact(HEAR_FOR.toMillis()));
    if (notifications != null) {
      for (PGNotification notification : notifications) {
        heard.accept(notification.getParameter());
      }
    }
  }

  private boolean pause() {
    try {
      Thread.sleep(RETRY);
      return !stopping;
    } catch (InterruptedException e) {
      return false;
    }
  }
}
