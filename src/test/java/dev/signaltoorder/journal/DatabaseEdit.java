package dev.signaltoorder.journal;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Random;

/** Ways in which the owner of the database, with the triggers off, can change what is recorded. */
enum DatabaseEdit {
  CANONICAL_BIT("update journal set canonical = " + bit("canonical") + " where " + row()),
  RAW_BIT("update journal set raw = " + bit("raw") + " where raw is not null and " + near()),
  HASH_BIT("update journal set leaf_hash = " + bit("leaf_hash") + " where " + row()),
  BODY("update journal set body = body || '{\"amount\": \"7\"}' where " + row()),
  KIND("update journal set kind = 'order-refused' where " + row()),
  TIME("update journal set recorded_at = recorded_at + interval '1 microsecond' where " + row()),
  SIGNAL("update journal set signal_id = gen_random_uuid() where " + row()),
  ORDER(
      "update journal set order_id = case when order_id is null then gen_random_uuid() end where "
          + row()),
  RAW_GONE("update journal set raw = null where raw is not null and " + near()),
  RAW_ADDED("update journal set raw = 'x' where raw is null and " + near()),
  DELETED("delete from journal where " + row()),
  TAIL_DELETED("delete from journal where account = 'main' and seq >= $seq"),
  TAIL_AND_CHECKPOINTS_DELETED(
      "delete from journal where account = 'main' and seq >= $seq",
      "delete from checkpoint where account = 'main' and size > $seq",
      "delete from merkle_node where account = 'main'",
      "update lease set journal_size = $seq where account = 'main'"),
  ALL_DELETED(
      "delete from journal",
      "delete from checkpoint",
      "delete from merkle_node",
      "delete from lease"),
  SWAPPED(
      "update journal set seq = 1000000 where account = 'main' and seq = $seq",
      "update journal set seq = $seq where account = 'main' and seq = $other",
      "update journal set seq = $other where account = 'main' and seq = 1000000"),
  INSERTED(
      "update journal set seq = seq + 1000001 where account = 'main' and seq >= $seq",
      "update journal set seq = seq - 1000000 where account = 'main' and seq > 1000000",
      "insert into journal select account, $seq, recorded_at, kind, signal_id, order_id, body, canonical, raw, leaf_hash"
          + " from journal where account = 'main' and seq = $seq - 1"),
  MOVED_TO_ANOTHER_ACCOUNT("update journal set account = 'elsewhere' where " + row()),
  REWRITTEN() {
    @Override
    void apply(Connection connection, Random random, long facts) throws SQLException {
      rewrite(connection, random.nextLong(facts));
      execute(connection, "delete from merkle_node where account = 'main'");
    }
  },
  REWRITTEN_AND_CHECKPOINTS_DELETED() {
    @Override
    void apply(Connection connection, Random random, long facts) throws SQLException {
      rewrite(connection, random.nextLong(facts));
      execute(connection, "delete from merkle_node where account = 'main'");
      execute(connection, "delete from checkpoint where account = 'main'");
    }
  },
  CHECKPOINT_NOTE_BIT(
      "update checkpoint set note = replace(note, substr(note, 20 + $seq % 100, 1), '?') where account = 'main'"),
  NEWEST_CHECKPOINT_DELETED(
      "delete from checkpoint where account = 'main' and size = (select max(size) from checkpoint where account = 'main')",
      "delete from journal where account = 'main' and seq >= (select max(size) from checkpoint where account = 'main')"),
  STORED_SUBTREE_BIT("update merkle_node set hash = " + bit("hash") + " where account = 'main'"),
  SUMMARY_OUTCOME("update signal_summary set outcome = 'CANCELED' where " + summary()),
  SUMMARY_FEE("update signal_summary set fee = fee / 2 + 1 where " + summary()),
  SUMMARY_REASONS("update signal_summary set reasons = '{}' where " + summary()),
  SUMMARY_TIME(
      "update signal_summary set received_at = received_at + interval '1 microsecond' where "
          + summary()),
  SUMMARY_ACCOUNT("update signal_summary set account = 'other' where " + summary()),
  SUMMARY_PAIR("update signal_summary set pair = 'BTC/USD' where " + summary()),
  SUMMARY_ANOTHER_SIGNAL(
      "update signal_summary set signal_id = gen_random_uuid() where " + summary()),
  SUMMARY_DELETED("delete from signal_summary where " + summary()),
  SUMMARY_INVENTED(
      "insert into signal_summary (signal_id, account, source, received_at, outcome)"
          + " values (gen_random_uuid(), 'main', 'demo', now(), 'FILLED')"),
  PERFORMANCE_PRICE(
      "update performance_order set mid_at_decision = mid_at_decision + 1 where " + placed()),
  PERFORMANCE_STRATEGY("update performance_order set strategy = 'another' where " + placed()),
  PERFORMANCE_TIME(
      "update performance_order set approved_at = approved_at - interval '1 second' where "
          + placed()),
  PERFORMANCE_ROLE("update performance_order set protective = not protective where " + placed()),
  PERFORMANCE_SIGNAL(
      "update performance_order set signal_id = gen_random_uuid() where " + placed()),
  PERFORMANCE_ORDER_DELETED("delete from performance_order where " + placed()),
  PERFORMANCE_ORDER_DOUBLED(
      "insert into performance_order select * from performance_order where " + placed()),
  PERFORMANCE_ORDER_INVENTED(
      "insert into performance_order select account, gen_random_uuid(), gen_random_uuid(), strategy, pair, side,"
          + " mid_at_decision, approved_at, protective from performance_order where "
          + placed()),
  PERFORMANCE_FILL_COST("update performance_fill set cost = cost / 2 where " + executed()),
  PERFORMANCE_FILL_FEE("update performance_fill set fee = 0 where " + executed()),
  PERFORMANCE_FILL_TIME(
      "update performance_fill set recorded_at = recorded_at + interval '1 day' where "
          + executed()),
  PERFORMANCE_FILL_ACCOUNT("update performance_fill set account = 'other' where " + executed()),
  PERFORMANCE_FILL_ORDER(
      "update performance_fill set order_id = gen_random_uuid() where " + executed()),
  PERFORMANCE_FILL_DELETED("delete from performance_fill where " + executed()),
  PERFORMANCE_FILL_DOUBLED(
      "insert into performance_fill select * from performance_fill where " + executed()),
  PERFORMANCE_FILL_INVENTED(
      "insert into performance_fill select account, $seq, order_id, now(), 1, 1, 0 from performance_order where "
          + placed());

  @SuppressWarnings("ImmutableEnumChecker") // List.of is immutable; its type does not say so
  private final List<String> statements;

  DatabaseEdit(String... statements) {
    this.statements = List.of(statements);
  }

  private static String row() {
    return "account = 'main' and seq = $seq";
  }

  /** The first fitting row from there on, else the last one. */
  private static String near() {
    return "account = 'main' and seq between $seq and $seq + 40";
  }

  /** One of the report's rows. There are more than half as many as facts. */
  private static String summary() {
    return "signal_id = (select signal_id from signal_summary where account = 'main'"
        + " order by signal_id offset $seq / 2 limit 1)";
  }

  private static String placed() {
    return one("performance_order", "order_id");
  }

  private static String executed() {
    return one("performance_fill", "seq");
  }

  private static String one(String table, String order) {
    return "ctid = (select ctid from %1$s where account = 'main' order by %2$s offset $seq %% (select count(*) from %1$s where account = 'main') limit 1)"
        .formatted(table, order);
  }

  /** False for what no export has: rows of the report, and subtrees that only save time. */
  boolean isOfTheEvidence() {
    return this != STORED_SUBTREE_BIT
        && !name().startsWith("SUMMARY_")
        && !name().startsWith("PERFORMANCE_");
  }

  private static String bit(String column) {
    String at = "($bit % (8 * octet_length(" + column + ")))::integer";
    return "set_bit(" + column + ", " + at + ", 1 - get_bit(" + column + ", " + at + "))";
  }

  /** Applies it in the connection's transaction; {@code facts}: how many the account has. */
  void apply(Connection connection, Random random, long facts) throws SQLException {
    long seq = 1 + random.nextLong(facts - 45);
    long other = (seq + 1 + random.nextLong(facts - 2)) % facts;
    long bit = random.nextInt(1_000_000);
    for (String statement : statements) {
      execute(
          connection,
          statement
              .replace("$seq", Long.toString(seq))
              .replace("$other", Long.toString(other == seq ? other + 1 : other))
              .replace("$bit", Long.toString(bit)));
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Another content with everything in its row fitting: what an insider would do. */
  private static void rewrite(Connection connection, long seq) throws SQLException {
    String canonical;
    try (PreparedStatement select =
        connection.prepareStatement(
            "select convert_from(canonical, 'UTF8') from journal where account = 'main' and seq = ?")) {
      select.setLong(1, seq);
      try (ResultSet row = select.executeQuery()) {
        row.next();
        canonical = row.getString(1).replaceFirst("\"amount\":\"", "\"amount\":\"1");
      }
    }
    byte[] bytes = canonical.getBytes(StandardCharsets.UTF_8);
    try (PreparedStatement update =
        connection.prepareStatement(
            "update journal set canonical = ?, leaf_hash = ?, body = convert_from(?, 'UTF8')::jsonb -> 'body'"
                + " where account = 'main' and seq = ?")) {
      update.setBytes(1, bytes);
      update.setBytes(2, FactBytes.leafHash(bytes));
      update.setBytes(3, bytes);
      update.setLong(4, seq);
      update.executeUpdate();
    }
  }
}
