package dev.signaltoorder.journal;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * Holds the rows of {@code performance_order} and {@code performance_fill} against the facts that
 * they follow from, as the trigger of migration 47 makes them: what the owner changed there would
 * change the performance report, and no signed fact.
 */
final class ExecutionCheck {
  // What somebody wrote into a body that is no number or time is null, and so a difference, and no
  // error: a story has to be readable then more than ever.
  private static final String DIFFERING =
      """
      with told as (
        select o.signal_id, o.account, o.order_id, o.strategy, o.pair, o.side, o.mid_at_decision, o.approved_at,
          o.protective, null::bigint as seq, null::timestamptz as recorded_at, null::numeric as volume,
          null::numeric as cost, null::numeric as fee
        from performance_order o where o.signal_id = any (?)
        union all
        select o.signal_id, f.account, f.order_id, null, null, null, null, null, null,
          f.seq, f.recorded_at, f.volume, f.cost, f.fee
        from performance_order o join performance_fill f on f.order_id = o.order_id where o.signal_id = any (?)),
      intended as (
        select signal_id, account, order_id, body #>> '{intent,strategy}', body #>> '{intent,plan,pair}',
          body #>> '{intent,plan,side}', %s, %s,
          body #>> '{intent,protective}' is not null
        from journal
        where signal_id = any (?) and kind = 'order-intended' and body #>> '{intent,validateOnly}' = 'false'),
      facts as (
        select i.*, null::bigint, null::timestamptz, null::numeric, null::numeric, null::numeric from intended i
        union all
        select i.signal_id, j.account, j.order_id, null, null, null, null, null, null,
          j.seq, j.recorded_at, %s, %s, %s
        from intended i
        join journal j on j.order_id = i.order_id and j.kind in ('order-progressed', 'order-ended'))
      select signal_id, min(account) from (
        (table told except all table facts) union all (table facts except all table told)) d
      group by signal_id
      """
          .formatted(
              number("body #>> '{intent,midAtDecision}'"),
              time("body #>> '{intent,approvedAt}'"),
              number("j.body #>> '{execution,volume}'"),
              number("j.body #>> '{execution,cost}'"),
              number("j.body #>> '{execution,fee}'"));

  private ExecutionCheck() {}

  private static String number(String text) {
    return "case when %1$s ~ '^-?[0-9]+([.][0-9]+)?([eE][-+]?[0-9]{1,3})?$' then (%1$s)::numeric end"
        .formatted(text);
  }

  /**
   * As facts have it. A day is held against the last one of its month before anything is cast, in a
   * case of its own because "and" has no order. PostgreSQL 15 cannot be asked whether a cast fails.
   */
  private static String time(String text) {
    return """
        case when %1$s ~ '^(?!0000)[0-9]{4}-(0[1-9]|1[0-2])-[0-9]{2}T([01][0-9]|2[0-3])(:[0-5][0-9]){2}([.][0-9]{1,9})?Z$' then
          case when substr(%1$s, 9, 2)::int between 1 and
              extract(day from (substr(%1$s, 1, 8) || '01')::date + interval '1 month' - interval '1 day')
            then (%1$s)::timestamptz end end"""
        .formatted(text);
  }

  /**
   * Those of these signals whose rows are not those of their facts, with an account.
   *
   * @param signalIds an array of the connection's, of uuid
   */
  static Map<UUID, String> differing(Connection connection, Array signalIds) throws SQLException {
    Map<UUID, String> found = new HashMap<>();
    try (PreparedStatement statement = connection.prepareStatement(DIFFERING)) {
      for (int parameter = 1; parameter <= 3; parameter++) {
        statement.setArray(parameter, signalIds);
      }
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          found.put(row.getObject(1, UUID.class), row.getString(2));
        }
      }
    }
    return found;
  }
}
