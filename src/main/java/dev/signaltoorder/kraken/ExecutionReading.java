package dev.signaltoorder.kraken;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the rows of an {@code executions} message; strictly where they speak of money. */
final class ExecutionReading {

  private ExecutionReading() {}

  static List<ExecutionReport> of(JsonNode data) throws UnreadableAnswerException {
    if (!data.isArray()) {
      throw new UnreadableAnswerException("executions are not a list");
    }
    List<ExecutionReport> reports = new ArrayList<>();
    for (JsonNode row : data) {
      reports.add(report(row));
    }
    return reports;
  }

  private static ExecutionReport report(JsonNode row) throws UnreadableAnswerException {
    Fields fields = Fields.of(row, "an execution");
    String type = fields.text("exec_type");
    return new ExecutionReport(
        fields.text("order_id"),
        fields.optionalText("cl_ord_id"),
        fields.optionalText("symbol"),
        type,
        fields.optionalText("order_status"),
        type.equals("trade") ? fill(row, fields) : null,
        optional(fields, "cum_qty"),
        fields.optionalText("reason"),
        WsMessages.madeAt(row));
  }

  private static @Nullable BigDecimal optional(Fields fields, String name)
      throws UnreadableAnswerException {
    return fields.has(name) ? fields.notNegative(name) : null;
  }

  private static ExecutionReport.Fill fill(JsonNode row, Fields fields)
      throws UnreadableAnswerException {
    List<ExecutionReport.Fee> fees = new ArrayList<>();
    for (JsonNode fee : row.path("fees")) {
      Fields each = Fields.of(fee, "a fee");
      fees.add(new ExecutionReport.Fee(each.text("asset"), each.decimal("qty")));
    }
    BigDecimal volume = fields.notNegative("last_qty");
    BigDecimal price = fields.notNegative("last_price");
    if (volume.signum() == 0 || price.signum() == 0) {
      throw new UnreadableAnswerException("a trade without volume or price");
    }
    return new ExecutionReport.Fill(
        fields.text("exec_id"), volume, price, fields.notNegative("cost"), fees);
  }
}
