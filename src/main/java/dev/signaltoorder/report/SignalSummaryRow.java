package dev.signaltoorder.report;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import java.time.Instant;
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
