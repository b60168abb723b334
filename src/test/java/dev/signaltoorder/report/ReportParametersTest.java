package dev.signaltoorder.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReportParametersTest {
  private final MultivaluedMap<String, String> given = new MultivaluedHashMap<>();

  @Test
  void withoutParametersItAsksForEverything() {
    assertThat(exact()).isEqualTo(ReportQuery.ALL);
  }

  @Test
  void emptyValuesOfAFormCountAsAbsent() {
    for (String name :
        new String[] {"from", "to", "source", "outcome", "rule", "cursor", "limit"}) {
      given.add(name, "");
    }

    assertThat(exact()).isEqualTo(ReportQuery.ALL);
  }

  @Test
  void everyParameterIsRead() {
    ReportCursor cursor =
        new ReportCursor(Instant.parse("2026-11-22T09:00:00.000001Z"), new UUID(1, 2));
    given.add("from", "2026-11-22T10:15:30.123456+02:00");
    given.add("to", "2026-11-22T10:00:00Z");
    given.add("source", "voc");
    given.add("strategy", "<b>\"x\"");
    given.add("pair", "BTC/USD");
    given.add("outcome", "FILLED");
    given.add("rule", "max-order-notional");
    given.add("cursor", cursor.encode());
    given.add("limit", "1000");

    ReportQuery query = exact();

    assertThat(query)
        .isEqualTo(
            new ReportQuery(
                Instant.parse("2026-11-22T08:15:30.123456Z"),
                Instant.parse("2026-11-22T10:00:00Z"),
                "voc",
                "<b>\"x\"",
                "BTC/USD",
                SignalOutcome.FILLED,
                "max-order-notional",
                cursor,
                1_000));
  }

  @ParameterizedTest
  @CsvSource({
    "from, yesterday",
    "from, 2026-11-22",
    "from, 2026-11-22T10:15:30",
    "from, 2026-11-22T10:15:30 02:00",
    "from, 2026-02-30T10:15:30Z",
    "from, 2026-11-22T10:15:30.1234567Z",
    "to, 0000-01-01T00:00:00Z",
    "outcome, filled",
    "outcome, SOLD",
    "cursor, abc",
    "limit, 0",
    "limit, 1001",
    "limit, -1",
    "limit, +1",
    "limit, 1e2",
    "limit, ٣",
    "limit, 99999999999",
    "strateggy, x"
  })
  void aWrongParameterIsNamed(String name, String value) {
    given.add(name, value);

    assertThat(refusal().problems()).singleElement().asString().startsWith(name + ": ");
  }

  @Test
  void allWrongParametersAreNamedAtOnce() {
    given.add("limit", "0");
    given.add("from", "x");
    given.add("outcome", "y");
    given.addAll("pair", "BTC/USD", "ETH/USD");

    assertThat(refusal().problems())
        .extracting(problem -> problem.substring(0, problem.indexOf(':')))
        .containsExactly("from", "pair", "outcome", "limit");
  }

  @Test
  void aRangeThatEndsBeforeItStartsIsRefused() {
    given.add("from", "2026-11-22T10:15:31Z");
    given.add("to", "2026-11-22T10:15:30Z");

    assertThat(refusal().problems()).singleElement().asString().startsWith("from: ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\u0000b", "a\nb"})
  void controlCharactersAreRefused(String value) {
    given.add("strategy", value);

    assertThat(refusal().problems()).singleElement().asString().startsWith("strategy: ");
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-22T10:15, 2026-11-22T10:15:00Z",
    "2026-11-22T10:15:30, 2026-11-22T10:15:30Z",
    "2026-11-22T10:15:30.5, 2026-11-22T10:15:30.500Z",
    "2026-11-22T10:15:30+02:00, 2026-11-22T08:15:30Z"
  })
  void aFormsTimeMeansUtcUnlessItSaysOtherwise(String written, Instant meant) {
    given.add("from", written);

    ReportQuery query = ReportParameters.parse(given, ReportParameters.Times.FORM);

    assertThat(query.from()).isEqualTo(meant);
  }

  @Test
  void aLinkToAQueryAsksForThatQuery() {
    ReportQuery query =
        new ReportQuery(
            Instant.parse("2026-11-22T10:15:30.000001Z"),
            null,
            "a&b=c",
            "100% \"+\" <x>",
            "BTC/USD",
            SignalOutcome.DONE,
            "ü",
            new ReportCursor(Instant.EPOCH, new UUID(-1, -1)),
            7);

    String link = ReportLinks.to("/", query);

    for (String parameter : link.substring(2).split("&", -1)) {
      String[] parts = parameter.split("=", 2);
      given.add(
          parts[0], java.net.URLDecoder.decode(parts[1], java.nio.charset.StandardCharsets.UTF_8));
    }
    assertThat(exact()).isEqualTo(query);
  }

  private ReportQuery exact() {
    return ReportParameters.parse(given, ReportParameters.Times.EXACT);
  }

  private ReportQueryException refusal() {
    ReportQueryException refused = catchThrowableOfType(ReportQueryException.class, this::exact);
    assertThat(refused).isNotNull();
    return refused;
  }
}
