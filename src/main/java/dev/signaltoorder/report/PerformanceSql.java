package dev.signaltoorder.report;

import dev.signaltoorder.report.PerformanceQuery.GroupBy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The statements of the performance report. Column names are ours, every value is a parameter. */
final class PerformanceSql {
  /** A group's name where the signals have none: no text of a signal can be this. */
  static final String NO_NAME = "\u0001";

  /**
   * A report may take no longer, all in all. A connection on which nothing comes for 15 s is closed
   * (quarkus.http.idle-timeout): until then the reader must know what to do better.
   */
  static final int LONGEST_SECONDS = 12;

  private static final int PORTION = 1_000;

  /** What each look at an order showed to be new. */
  private static final String FILL =
      """
      (select account, seq, order_id, recorded_at,
        volume - coalesce(lag(volume) over own, 0) as volume,
        cost - coalesce(lag(cost) over own, 0) as cost,
        fee - coalesce(lag(fee) over own, 0) as fee
      from performance_fill
      window own as (partition by account, order_id order by seq)) f
      """;

  private static final String ORDERS =
      """
      , placed as (
        select c.grp, o.side, o.order_id, o.mid_at_decision as mid, o.approved_at,
          r.received_at, r.event_time,
          coalesce(r.limit_price, (r.entry_zone_low + r.entry_zone_high) / 2) as named,
          k.started_at, k.finished_at, f.volume as filled,
          case when f.volume > 0 then f.average_price end as average_price,
          case o.side when 'BUY' then 10000 else -10000 end as sign
        from chosen c
        join performance_order o on o.signal_id = c.signal_id and not o.protective
        left join lateral (
          select (j.body ->> 'receivedAt')::timestamptz as received_at,
            (j.body #>> '{signal,eventTime}')::timestamptz as event_time,
            (j.body #>> '{signal,limitPrice}')::numeric as limit_price,
            (j.body #>> '{signal,entryZone,low}')::numeric as entry_zone_low,
            (j.body #>> '{signal,entryZone,high}')::numeric as entry_zone_high
          from journal j where j.signal_id = c.signal_id and j.kind = 'signal-received'
          limit 1) r on true
        left join lateral (
          select (j.body ->> 'startedAt')::timestamptz as started_at,
            (j.body ->> 'finishedAt')::timestamptz as finished_at
          from journal j
          where j.order_id = o.order_id and j.kind = 'kraken-called'
            and j.body ->> 'purpose' = 'add-order' and j.body ->> 'outcome' <> 'NOT_SENT'
          order by j.seq limit 1) k on true
        left join lateral (
          select (j.body #>> '{execution,volume}')::numeric as volume,
            (j.body #>> '{execution,averagePrice}')::numeric as average_price
          from journal j
          where j.order_id = o.order_id and j.kind in ('order-progressed', 'order-ended')
          order by j.seq desc limit 1) f on true)
      , measured as (
        select grp, order_id, coalesce(filled, 0) > 0 as has_fill,
          round((mid - named) / nullif(named, 0) * sign, 4) as signal_to_snapshot,
          round((average_price - mid) / nullif(mid, 0) * sign, 4) as snapshot_to_fill,
          round((average_price - named) / nullif(named, 0) * sign, 4) as signal_to_fill,
          round(extract(epoch from received_at - event_time) * 1000, 3) as sender,
          round(extract(epoch from approved_at - received_at) * 1000, 3) as ours,
          round(extract(epoch from started_at - approved_at) * 1000, 3) as queue,
          round(extract(epoch from finished_at - started_at) * 1000, 3) as kraken
        from placed)
      select grouping(grp), grp, count(*), count(*) filter (where has_fill)
      """;

  /** In the order in which their four columns follow: count, mean, percentiles, buckets. */
  static final SequencedMap<String, BucketEdges> MEASURES = new LinkedHashMap<>();

  static {
    for (String slippage : List.of("signal_to_snapshot", "snapshot_to_fill", "signal_to_fill")) {
      MEASURES.put(slippage, BucketEdges.BASIS_POINTS);
    }
    for (String latency : List.of("sender", "ours", "queue", "kraken")) {
      MEASURES.put(latency, BucketEdges.MILLISECONDS);
    }
  }

  private final ReportQuery query;
  private final String chosen;

  PerformanceSql(PerformanceQuery query) {
    this.query = query.signals();
    this.chosen =
        "with chosen as (select signal_id, outcome, reasons, "
            + group(query.groupBy())
            + " as grp from signal_summary s where true"
            + filter("s.received_at >= ?", this.query.from())
            + filter("s.received_at < ?", this.query.to())
            + filter("s.source = ?", this.query.source())
            + filter("s.strategy = ?", this.query.strategy())
            + filter("s.pair = ?", this.query.pair())
            + ") ";
  }

  private static String group(GroupBy groupBy) {
    return "coalesce(s." + groupBy.column() + ", E'\\u0001')";
  }

  private static String filter(String condition, @Nullable Object value) {
    return value == null ? "" : " and " + condition;
  }

  String outcomes() {
    return chosen + "select grp, outcome, count(*) from chosen group by 1, 2";
  }

  String refusals() {
    return chosen
        + "select grp, reason, count(*) from chosen, unnest(reasons) as reason"
        + " where outcome in ('REJECTED', 'EXPIRED', 'HALTED', 'INVALID', 'REFUSED_BY_EXCHANGE')"
        + " group by 1, 2";
  }

  String orders() {
    StringBuilder text = new StringBuilder(chosen).append(ORDERS);
    MEASURES.forEach(
        (measure, edges) -> {
          text.append(", count(").append(measure).append("), round(avg(").append(measure);
          text.append("), 4), percentile_disc(array[0.5, 0.95, 0.99]) within group (order by ");
          text.append(measure).append("), ").append(edges.countsBelow(measure)).append('\n');
        });
    return text.append("from measured group by grouping sets ((grp), ())").toString();
  }

  /** Binds what {@link #outcomes}, {@link #refusals} and {@link #orders} filter by. */
  void bindChosen(PreparedStatement statement) throws SQLException {
    bind(
        statement,
        values(query.from(), query.to(), query.source(), query.strategy(), query.pair()));
  }

  /** Every fill until the end of the time, also of earlier times: they make the cost. */
  static String fills(PerformanceQuery query) {
    ReportQuery signals = query.signals();
    return "select "
        + group(query.groupBy())
        + " as grp, o.account, o.strategy, o.pair, o.side, f.recorded_at, f.volume, f.cost, f.fee"
        + " from "
        + FILL
        + " join performance_order o on o.order_id = f.order_id and o.account = f.account"
        + " join signal_summary s on s.signal_id = o.signal_id"
        + " where (f.volume <> 0 or f.cost <> 0 or f.fee <> 0)"
        + filter("f.recorded_at < ?", signals.to())
        + filter("s.source = ?", signals.source())
        + filter("s.strategy = ?", signals.strategy())
        + filter("s.pair = ?", signals.pair())
        + " order by f.account, f.seq";
  }

  static void bindFills(PerformanceQuery query, PreparedStatement statement) throws SQLException {
    ReportQuery signals = query.signals();
    bind(statement, values(signals.to(), signals.source(), signals.strategy(), signals.pair()));
  }

  /**
   * The last mid price that a signal's order was decided at, per pair. What stops and take-profits
   * were decided at is their own price, not the market's. A row of no signal is nobody's: no fact
   * makes one, and nobody compares it.
   */
  static String mids(PerformanceQuery query) {
    return "select distinct on (pair) pair, mid_at_decision from performance_order"
        + " where mid_at_decision is not null and not protective and signal_id is not null"
        + filter("approved_at < ?", query.signals().to())
        + " order by pair, approved_at desc";
  }

  static void bindMids(PerformanceQuery query, PreparedStatement statement) throws SQLException {
    bind(statement, values(query.signals().to()));
  }

  private static List<Object> values(@Nullable Object... values) {
    return given(Arrays.asList(values));
  }

  /** Those that are not null, in their order. */
  static List<Object> given(List<@Nullable Object> values) {
    List<Object> given = new ArrayList<>();
    for (Object value : values) {
      if (value != null) {
        given.add(value);
      }
    }
    return given;
  }

  /** Binds times, days, ids and texts, from the first parameter on. */
  static void bind(PreparedStatement statement, List<Object> values) throws SQLException {
    for (int i = 0; i < values.size(); i++) {
      Object value = values.get(i);
      if (value instanceof Instant instant) {
        statement.setTimestamp(1 + i, Timestamp.from(instant));
      } else if (value instanceof LocalDate || value instanceof UUID) {
        statement.setObject(1 + i, value);
      } else {
        statement.setString(1 + i, value.toString());
      }
    }
  }

  /** One statement over one connection, with the rows one by one. */
  static void each(Connection connection, Deadline deadline, String sql, Binding binding, Row row)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      // Rows come in portions: the memory in use does not grow with the journal.
      statement.setFetchSize(PORTION);
      statement.setQueryTimeout(deadline.secondsLeft());
      binding.bind(statement);
      try (var result = statement.executeQuery()) {
        while (result.next()) {
          row.read(result);
          if (result.getRow() % PORTION == 0) {
            deadline.secondsLeft();
          }
        }
      }
    }
  }

  /** Fills a statement's parameters. */
  interface Binding {
    void bind(PreparedStatement statement) throws SQLException;
  }

  /** Reads the row that the result stands on. */
  interface Row {
    void read(java.sql.ResultSet result) throws SQLException;
  }
}
