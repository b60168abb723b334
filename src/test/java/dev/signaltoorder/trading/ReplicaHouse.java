package dev.signaltoorder.trading;

import dev.signaltoorder.journal.FactReader;
import dev.signaltoorder.journal.Journal;
import dev.signaltoorder.journal.SharedTables;
import dev.signaltoorder.journal.Uuid7;
import dev.signaltoorder.risk.RiskEngine;
import dev.signaltoorder.signal.Action;
import dev.signaltoorder.signal.Delivery;
import dev.signaltoorder.signal.Receipt;
import dev.signaltoorder.signal.Signal;
import dev.signaltoorder.testing.PostgresResource;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Several processes' worth of accounts over one database of their own (a schema), with real loops,
 * real leases and one Kraken.
 */
final class ReplicaHouse implements AutoCloseable {
  /** Longer than in production: these tests run beside many others. */
  private static final LeaseTimes LEASE = new LeaseTimes(Duration.ofSeconds(8));

  private final String schema = "house_" + Long.toHexString(ThreadLocalRandom.current().nextLong());
  private final Clock clock = Clock.tick(Clock.systemUTC(), Duration.ofNanos(1_000));
  private final PromptKraken kraken = new PromptKraken(clock);
  private final List<Replica> replicas = new ArrayList<>();
  private final List<String> accounts;
  private final DataSource owner;

  ReplicaHouse(String... accounts) {
    this.accounts = List.of(accounts);
    this.owner = inSchema(PostgresResource.as("s2o_owner"));
    run("create schema " + schema);
    Flyway.configure()
        .dataSource(owner)
        .schemas(schema)
        .placeholders(Map.of("runtimeRole", "s2o_runtime", "reviewerRole", "s2o_reviewer"))
        .load()
        .migrate();
    run("grant usage on schema " + schema + " to s2o_runtime");
  }

  private DataSource inSchema(DataSource dataSource) {
    PGSimpleDataSource postgres = (PGSimpleDataSource) dataSource;
    postgres.setCurrentSchema(schema);
    postgres.setReWriteBatchedInserts(true);
    return postgres;
  }

  /** As the service's own role. */
  DataSource runtime() {
    return inSchema(PostgresResource.as("s2o_runtime"));
  }

  Clock clock() {
    return clock;
  }

  PromptKraken kraken() {
    return kraken;
  }

  /** One more process, started. */
  Replica open(String name) {
    return open(name, kraken::open);
  }

  /** One more process, whose accounts are opened at Kraken by {@code exchange}. */
  Replica open(String name, Supplier<Exchange> exchange) {
    Replica replica = new Replica(name, exchange);
    replicas.add(replica);
    replica.accounts.start();
    return replica;
  }

  /** As the owner, past every process. */
  void run(String sql) {
    try (Connection connection = owner.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  /** As the owner. */
  DataSource owner() {
    return owner;
  }

  /** The one text of the one row. */
  String text(String sql) {
    try (Connection connection = owner.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  /** The one number of the one row. */
  long number(String sql, Object... values) {
    try (Connection connection = owner.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  /** Kinds of facts with their counts, and refusals in words: why a test did not get there. */
  String course(String account) {
    StringBuilder text = new StringBuilder();
    try (Connection connection = owner.getConnection();
        PreparedStatement statement =
            connection.prepareStatement(
                """
                select kind, count(*), max(case when kind in ('signal-decided', 'order-not-placed',
                    'trading-halted', 'invariant-violated') then case when kind = 'signal-decided' then (select string_agg(r ->> 'code' || ' ' || (r ->> 'actual') || ' > ' || (r ->> 'limit'), ', ') from jsonb_array_elements(body -> 'decision' -> 'results') r where r ->> 'verdict' = 'DENY') else body::text end end)
                from journal where account = ? group by kind order by kind
                """)) {
      statement.setString(1, account);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          text.append(row.getString(1))
              .append(' ')
              .append(row.getLong(2))
              .append(", e.g. ")
              .append(row.getString(3))
              .append('\n');
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return text.toString();
  }

  long facts(String account, String kind) {
    return number("select count(*) from journal where account = ? and kind = ?", account, kind);
  }

  /** What became of a signal; empty while there is no row. */
  String outcome(UUID signalId) {
    try (Connection connection = owner.getConnection();
        PreparedStatement statement =
            connection.prepareStatement("select outcome from signal_summary where signal_id = ?")) {
      statement.setObject(1, signalId);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? row.getString(1) : "";
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    replicas.forEach(Replica::close);
    run("drop schema " + schema + " cascade");
  }

  /** One process. */
  final class Replica implements AutoCloseable {
    private final AtomicBoolean cut = new AtomicBoolean();
    private final PooledSource pool = new PooledSource(runtime(), cut);
    private final SharedTables tables;
    private final Accounts accounts;
    private boolean closed;

    Replica(String name, Supplier<Exchange> exchange) {
      tables = SharedTables.of(pool, UUID.randomUUID(), name);
      Markets markets =
          new Markets() {
            @Override
            public MarketView now(String pair) {
              return Samples.market(Samples.BTC, clock.instant(), UUID.randomUUID());
            }

            @Override
            public void refresh(String pair, Consumer<MarketView> done) {
              done.accept(now(pair));
            }
          };
      List<AccountSetup> setups = new ArrayList<>();
      for (String account : ReplicaHouse.this.accounts) {
        setups.add(
            new AccountSetup(
                account,
                "paper",
                "test",
                Samples.ruleSet(Samples.generousRules("IOC")),
                CorePolicy.standard(),
                new RiskEngine(),
                new Uuid7(clock, ThreadLocalRandom.current()),
                exchange,
                LEASE));
      }
      accounts =
          new Accounts(
              setups,
              new Journal(pool),
              new FactReader(pool),
              tables,
              pool,
              markets,
              clock,
              LoopObserver.NONE);
    }

    Accounts accounts() {
      return accounts;
    }

    SharedTables tables() {
      return tables;
    }

    /** Accounts that it leads. */
    List<String> leads() {
      return accounts.status().stream().map(AccountStatus::account).toList();
    }

    /** A sender's webhook arrives here. */
    Receipt deliver(String account, String deliveryId, String body) {
      Delivery delivery =
          new Delivery(
              UUID.randomUUID(),
              "demo",
              account,
              deliveryId,
              body,
              body.getBytes(StandardCharsets.UTF_8),
              clock.instant());
      Signal signal = Samples.signal(Action.BUY, "breakout", "BTC/USD", "10", clock.instant());
      return accounts.accept(delivery, signal).toCompletableFuture().join();
    }

    CommandResult command(String account, Message command) {
      return accounts.command(account, command).toCompletableFuture().join();
    }

    /** The network between it and the database is gone. */
    void cutOff() {
      cut.set(true);
      pool.dropAll();
    }

    void reconnect() {
      cut.set(false);
    }

    @Override
    public void close() {
      if (!closed) {
        closed = true;
        accounts.close();
        pool.dropAll();
      }
    }
  }
}
