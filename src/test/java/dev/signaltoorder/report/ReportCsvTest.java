package dev.signaltoorder.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReportCsvTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\tx",
        "\rx",
        "\nx",
        "=HYPERLINK(\"http://x\")",
        "\uff1d1+1",
        "\uff0b1",
        "\uff0d1",
        "\uff20SUM(A1)"
      })
  void aTextThatASpreadsheetWouldRunGetsAnApostrophe(String text) {
    assertThat(ReportCsv.harmless(text)).isEqualTo("'" + text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "~one;=1+1~|~one;'=1+1~",
        "~one; -2+3;@x~|~one; '-2+3;'@x~",
        "~one;\"=1~|~one;\"'=1~",
        "~one\t+1~|~one\t'+1~",
        "~one\n=1~|~one\n'=1~",
        "~one\r\n=1~|~one\r\n'=1~",
        "~one;\uff1d1~|~one;'\uff1d1~",
        "~=1;=2~|~'=1;'=2~"
      })
  void soDoesOneInsideOfATextWhereASpreadsheetMayBeginACell(String text, String harmless) {
    assertThat(ReportCsv.harmless(text)).isEqualTo(harmless);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "btc-breakout", "'=1", " =1", "1-2", "BTC/USD", "one; two", "a=b; c-d", "x;1"})
  void anyOtherTextStaysAsItIs(String text) {
    assertThat(ReportCsv.harmless(text)).isEqualTo(text);
  }

  @Test
  void rowsHaveTheContractsColumnsAndNumbersStayNumbers() throws Exception {
    ReportRow row =
        new ReportRow(
            new UUID(1, 2),
            "voc",
            "=cmd|' /C calc'!A0",
            "BTC/USD",
            "BUY",
            Instant.parse("2026-11-22T10:15:30.123456Z"),
            "FILLED",
            List.of("one, \"two\"", "three"),
            "OABC-1",
            "0.0010",
            "67350.1",
            "-1.25",
            "0.02",
            null);

    String csv = ReportCsv.write(List.of(row));

    List<CSVRecord> records = CSVFormat.RFC4180.parse(new StringReader(csv)).getRecords();
    assertThat(records.get(0).toList())
        .containsExactly(
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
            "priceOrigin");
    assertThat(records.get(1).toList())
        .containsExactly(
            "00000000-0000-0001-0000-000000000002",
            "voc",
            "'=cmd|' /C calc'!A0",
            "BTC/USD",
            "BUY",
            "2026-11-22T10:15:30.123456Z",
            "FILLED",
            "one, \"two\"; three",
            "OABC-1",
            "0.0010",
            "67350.1",
            "-1.25",
            "0.02",
            "");
    assertThat(csv).endsWith("\r\n");
  }
}
