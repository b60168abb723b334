package dev.signaltoorder.report;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/**
 * One signal in the read model, as the account loops keep it. Read here, written nowhere in this
 * package.
 */
@Entity
@Immutable
@Table(name = "signal_summary")
@SuppressWarnings("NullAway.Init") // Hibernate fills the fields after construction.
class SignalSummaryRow {
  @Id
  @Column(name = "signal_id")
  UUID signalId;

  @Column(nullable = false)
  String account;

  @Column(nullable = false)
  String source;

  @Nullable String strategy;
  @Nullable String pair;
  @Nullable String action;

  @Column(name = "received_at", nullable = false)
  Instant receivedAt;

  @Column(nullable = false)
  String outcome;

  @JdbcTypeCode(SqlTypes.ARRAY)
  @Column(nullable = false, columnDefinition = "text[]")
  String[] reasons;

  @Column(name = "order_id")
  @Nullable UUID orderId;

  @Column(name = "order_txid")
  @Nullable String orderTxid;

  @Nullable BigDecimal volume;

  @Column(name = "average_price")
  @Nullable BigDecimal averagePrice;

  @Column(name = "slippage_bps")
  @Nullable BigDecimal slippageBps;

  @Nullable BigDecimal fee;

  @Column(name = "price_origin")
  @Nullable String priceOrigin;

  protected SignalSummaryRow() {}

  /** The columns that {@link #reportRow} reads. */
  static final String REPORT_COLUMNS =
      "signal_id, source, strategy, pair, action, received_at, outcome, reasons, order_txid, volume,"
          + " average_price, slippage_bps, fee, price_origin";

  /** The row on which a result of {@link #REPORT_COLUMNS} stands. */
  static ReportRow reportRow(ResultSet row) throws SQLException {
    return new ReportRow(
        row.getObject(1, UUID.class),
        row.getString(2),
        row.getString(3),
        row.getString(4),
        row.getString(5),
        row.getObject(6, OffsetDateTime.class).toInstant(),
        row.getString(7),
        Arrays.asList((String[]) row.getArray(8).getArray()),
        row.getString(9),
        plain(row.getBigDecimal(10)),
        plain(row.getBigDecimal(11)),
        plain(row.getBigDecimal(12)),
        plain(row.getBigDecimal(13)),
        row.getString(14));
  }

  ReportRow toReportRow() {
    return new ReportRow(
        signalId,
        source,
        strategy,
        pair,
        action,
        receivedAt,
        outcome,
        Arrays.asList(reasons),
        orderTxid,
        plain(volume),
        plain(averagePrice),
        plain(slippageBps),
        plain(fee),
        priceOrigin);
  }

  private static @Nullable String plain(@Nullable BigDecimal number) {
    return number == null ? null : number.toPlainString();
  }
}
