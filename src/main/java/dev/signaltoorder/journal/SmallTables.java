package dev.signaltoorder.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.Collection;

/** Writes the rows that belong to a batch of facts, in its transaction. */
final class SmallTables {
  private static final String UPSERT_SUMMARY =
      """
      insert into signal_summary (signal_id, account, source, strategy, pair, action, received_at, outcome, reasons,
        order_id, order_txid, volume, average_price, slippage_bps, fee, price_origin)
      values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      on conflict (signal_id) do update set pair = excluded.pair, outcome = excluded.outcome, reasons = excluded.reasons,
        order_id = excluded.order_id, order_txid = excluded.order_txid, volume = excluded.volume,
        average_price = excluded.average_price, slippage_bps = excluded.slippage_bps, fee = excluded.fee,
        price_origin = excluded.price_origin
      """;

  private SmallTables() {}

  static void upsertSummaries(
      Connection connection, String account, Collection<SignalSummary> summaries)
      throws SQLException {
    if (summaries.isEmpty()) {
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(UPSERT_SUMMARY)) {
      for (SignalSummary summary : summaries) {
        statement.setObject(1, summary.signalId());
        statement.setString(2, account);
        statement.setString(3, summary.source());
        statement.setString(4, summary.strategy());
        statement.setString(5, summary.pair());
        statement.setString(6, summary.action());
        statement.setTimestamp(7, Timestamp.from(summary.receivedAt()));
        statement.setString(8, summary.outcome());
        statement.setArray(9, connection.createArrayOf("text", summary.reasons().toArray()));
        statement.setObject(10, summary.orderId());
        statement.setString(11, summary.orderTxid());
        statement.setBigDecimal(12, summary.volume());
        statement.setBigDecimal(13, summary.averagePrice());
        statement.setBigDecimal(14, summary.slippageBps());
        statement.setBigDecimal(15, summary.fee());
        statement.setString(16, summary.priceOrigin());
        statement.addBatch();
      }
      statement.executeBatch();
    }
  }
}
