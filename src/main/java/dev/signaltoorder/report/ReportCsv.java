package dev.signaltoorder.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;

/**
 * The report's rows as RFC 4180 text. Texts come from strangers and reviewers open this in a
 * spreadsheet, so a text that a spreadsheet would take for a formula gets a leading apostrophe: at
 * its beginning, and wherever a spreadsheet may begin a new cell in it. Numbers are ours and stay
 * numbers, negative ones too.
 */
final class ReportCsv {
  static final String MEDIA_TYPE = "text/csv; charset=utf-8; header=present";

  /** A browser keeps it as a file. */
  static final String ATTACHMENT = "attachment; filename=\"audit-report.csv\"";

  private static final String FORMULA_STARTS = "=+-@\uff1d\uff0b\uff0d\uff20\t\r\n";

  /**
   * Where a spreadsheet may begin a new cell inside a text: at semicolons where commas are decimal
   * points, at tabs and line breaks. Blanks after it are skipped as spreadsheets do.
   */
  private static final Pattern FORMULA_IN_A_NEW_CELL =
      Pattern.compile("([;\\t\\r\\n][\"\\s]*)(?=[=+\\-@\uff1d\uff0b\uff0d\uff20])");

  private static final String REASON_SEPARATOR = "; ";
  private static final CSVFormat FORMAT =
      CSVFormat.RFC4180
          .builder()
          .setHeader(
              "signalId",
              "source",
              "strategy",
              "pair",
              "action",
              "receivedAt",
              "outcome",
              "reasons",
              "orderTxid",
              "volume",
              "averagePrice",
              "slippageBps",
              "fee",
              "priceOrigin")
          .get();

  private ReportCsv() {}

  static String write(List<ReportRow> rows) {
    StringBuilder text = new StringBuilder();
    try (CSVPrinter printer = printer(text)) {
      for (ReportRow row : rows) {
        print(printer, row);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    return text.toString();
  }

  /** Writes the header, then takes rows one by one. */
  static CSVPrinter printer(Appendable text) throws IOException {
    return new CSVPrinter(text, FORMAT);
  }

  static void print(CSVPrinter printer, ReportRow row) throws IOException {
    printer.printRecord(
        row.signalId(),
        harmless(row.source()),
        harmless(row.strategy()),
        harmless(row.pair()),
        harmless(row.action()),
        ReportTimes.sortable(row.receivedAt()),
        harmless(row.outcome()),
        harmless(String.join(REASON_SEPARATOR, row.reasons())),
        harmless(row.orderTxid()),
        row.volume(),
        row.averagePrice(),
        row.slippageBps(),
        row.fee(),
        harmless(row.priceOrigin()));
  }

  static @Nullable String harmless(@Nullable String text) {
    if (text == null || text.isEmpty()) {
      return text;
    }
    String inside = FORMULA_IN_A_NEW_CELL.matcher(text).replaceAll("$1'");
    return FORMULA_STARTS.indexOf(inside.charAt(0)) < 0 ? inside : "'" + inside;
  }
}
