package dev.signaltoorder.report;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One signal in the read model, as the account loops keep it. Read here, written nowhere in this
 * package.
 *
 * @param account whose journal has the signal
 * @param row what the report shows of it
 */
record SignalSummaryRow(String account, ReportRow row) {
  /** The columns that {@link #read} reads, in its order. */
  static final String COLUMNS =
      "account, signal_id, source, strategy, pair, action, received_at, outcome, reasons,"
          + " order_txid, volume, average_price, slippage_bps, fee, price_origin";

  /** The row on which a result of {@link #COLUMNS} stands. */
  static SignalSummaryRow read(ResultSet result) throws SQLException {
    return new SignalSummaryRow(
        result.getString(1),
        new ReportRow(
            result.getObject(2, UUID.class),
            result.getString(3),
            result.getString(4),
            result.getString(5),
            result.getString(6),
            result.getObject(7, OffsetDateTime.class).toInstant(),
            result.getString(8),
            Arrays.asList((String[]) result.getArray(9).getArray()),
            result.getString(10),
            plain(result.getBigDecimal(11)),
            plain(result.getBigDecimal(12)),
            plain(result.getBigDecimal(13)),
            plain(result.getBigDecimal(14)),
            result.getString(15)));
  }

  private static @Nullable String plain(@Nullable BigDecimal number) {
    return number == null ? null : number.toPlainString();
  }
}
