package dev.signaltoorder.testing;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Looks into the database, as its owner: past the service. */
public final class Journal {
  private static final String OWNER = "s2o_owner";

  private Journal() {}

  /** The cause for which a delivery was turned away, or "" while it is not on record. */
  public static String refusalOf(String deliveryId) {
    String sql =
        "select body ->> 'cause' from journal"
            + " where kind = 'delivery-refused' and body ->> 'deliveryId' = ? and raw is null";
    try (Connection connection = PostgresResource.as(OWNER).getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, deliveryId);
      try (ResultSet result = statement.executeQuery()) {
        return result.next() ? result.getString(1) : "";
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** How many facts of a kind an account's journal holds. */
  public static long facts(String account, String kind) {
    String sql = "select count(*) from journal where account = ? and kind = ?";
    try (Connection connection = PostgresResource.as(OWNER).getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, account);
      statement.setString(2, kind);
      try (ResultSet result = statement.executeQuery()) {
        result.next();
        return result.getLong(1);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The strategy for which each order was intended, by the order's client id. */
  public static Map<String, String> strategiesOfOrders() {
    String sql =
        "select body #>> '{intent,clientOrderId}', body #>> '{intent,strategy}' from journal"
            + " where kind = 'order-intended'";
    Map<String, String> strategies = new HashMap<>();
    try (Connection connection = PostgresResource.as(OWNER).getConnection();
        PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet result = statement.executeQuery()) {
      while (result.next()) {
        strategies.put(result.getString(1), result.getString(2));
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return strategies;
  }

  /** Does something while nobody else can read or write the journal. */
  public static void whileLocked(Runnable work) {
    try (Connection connection = PostgresResource.as(OWNER).getConnection()) {
      connection.setAutoCommit(false);
      try (PreparedStatement lock =
          connection.prepareStatement("lock table journal in access exclusive mode")) {
        lock.execute();
        work.run();
      } finally {
        connection.rollback();
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Takes an account away from whoever leads it, for somebody who does nothing with it. */
  public static void takeLease(String account) {
    lease(
        account,
        "holder = gen_random_uuid(), fencing = fencing + 1, expires_at = now() + interval '1 hour'",
        "");
  }

  /** Lets an account be led again that was taken away. */
  public static void freeLease(String account) {
    lease(account, "expires_at = '-infinity'", " and holder not in (select id from replica)");
  }

  private static void lease(String account, String change, String condition) {
    String sql = "update lease set " + change + " where account = ?" + condition;
    try (Connection connection = PostgresResource.as(OWNER).getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, account);
      statement.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The first facts of an account once more, as if they were another one's. */
  public static void copy(String account, String as, int facts) {
    execute(
        """
        insert into journal
        select '%s', seq, recorded_at, kind, signal_id, order_id, body, canonical, raw, leaf_hash
        from journal where account = '%s' and seq < %d
        """
            .formatted(as, account, facts),
        "insert into lease (account, journal_size) values ('%s', %d)".formatted(as, facts));
  }

  /** Takes back {@link #copy}. */
  public static void remove(String copied) {
    // One table at a time: the service reads them in another order.
    for (String table : List.of("journal", "checkpoint", "merkle_node")) {
      execute(
          "alter table " + table + " disable trigger user",
          "delete from " + table + " where account = '" + copied + "'",
          "alter table " + table + " enable trigger user");
    }
    execute("delete from lease where account = '" + copied + "'");
  }

  private static void execute(String... statements) {
    try (Connection connection = PostgresResource.as(OWNER).getConnection()) {
      connection.setAutoCommit(false);
      for (String sql : statements) {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
          statement.execute();
        }
      }
      connection.commit();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Every column of every row of every table of the service, bytes as text. */
  public static String everything() {
    StringBuilder all = new StringBuilder();
    try (Connection connection = PostgresResource.as(OWNER).getConnection()) {
      for (String table : tables(connection)) {
        try (PreparedStatement statement = connection.prepareStatement("select * from " + table);
            ResultSet result = statement.executeQuery()) {
          append(result, all.append('\n').append(table).append('\n'));
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return all.toString();
  }

  private static List<String> tables(Connection connection) throws SQLException {
    List<String> tables = new ArrayList<>();
    try (ResultSet result =
        connection.getMetaData().getTables(null, "public", "%", new String[] {"TABLE", "VIEW"})) {
      while (result.next()) {
        tables.add('"' + result.getString("TABLE_NAME") + '"');
      }
    }
    return tables;
  }

  private static void append(ResultSet result, StringBuilder all) throws SQLException {
    int columns = result.getMetaData().getColumnCount();
    while (result.next()) {
      for (int column = 1; column <= columns; column++) {
        Object value = result.getObject(column);
        all.append(
            value instanceof byte[] bytes ? new String(bytes, StandardCharsets.UTF_8) : value);
        all.append('|');
      }
      all.append('\n');
    }
  }
}
