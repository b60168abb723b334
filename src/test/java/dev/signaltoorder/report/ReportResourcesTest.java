package dev.signaltoorder.report;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@TestProfile(ReportTestProfile.class)
class ReportResourcesTest {
  @Inject DataSource dataSource;

  @BeforeEach
  void fillTheJournalOnce() {
    SampleJournal.fillOnce(dataSource);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/audit/report",
        "/audit/performance",
        "/audit/report.csv",
        "/audit/signals/01930000-0000-7000-8000-000000000001"
      })
  void onlyAReviewerMayLook(String path) {
    given().get(path).then().statusCode(401);
    given().auth().preemptive().basic("olaf", "secret").get(path).then().statusCode(403);
    reviewer().get(path).then().statusCode(200);
  }

  @Test
  void theReportHasTotalsAndRowsNewestFirst() {
    Response answer = reviewer().get("/audit/report");

    answer
        .then()
        .statusCode(200)
        .contentType("application/json")
        .header("Cache-Control", "no-store")
        .header("X-Content-Type-Options", "nosniff")
        .body("from", nullValue())
        .body("to", nullValue())
        .body("nextCursor", nullValue())
        .body("rows.size()", equalTo(SampleJournal.SIGNALS));
    assertThat(answer.jsonPath().getMap("totals"))
        .isEqualTo(
            Map.of(
                "INVALID", 1,
                "REJECTED", 1,
                "PENDING", SampleJournal.PENDING_SIGNALS,
                "FILLED", 1,
                "CANCELED", 1,
                "DONE", 1));
    List<String> times = answer.jsonPath().getList("rows.receivedAt");
    assertThat(times).isSortedAccordingTo(java.util.Comparator.reverseOrder());
  }

  @Test
  void aRowHasTheContractsFieldsInOrderWithNumbersAsText() {
    JsonPath report = reviewer().queryParam("outcome", "FILLED").get("/audit/report").jsonPath();

    Map<String, Object> row = report.getMap("rows[0]");
    assertThat(row.keySet())
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
    assertThat(row)
        .containsEntry("receivedAt", "2026-11-22T10:00:00.000123Z")
        .containsEntry("volume", "0.00148")
        .containsEntry("averagePrice", "67337.80")
        .containsEntry("slippageBps", "-1.25")
        .containsEntry("reasons", List.of());
  }

  @ParameterizedTest
  @CsvSource({
    "source, tv, 1",
    "source, none, 0",
    "strategy, grid, 25",
    "pair, BTC/USD, 29",
    "outcome, REJECTED, 1",
    "rule, max-order-notional, 1",
    "rule, max-daily, 0",
    "from, 2026-11-22T12:00:00.000007Z, 25",
    "from, 2026-11-22T12:00:00.000008Z, 0",
    "to, 2026-11-22T12:00:00.000007Z, 5",
    "to, 2026-11-22T12:00:00.000008Z, 30"
  })
  void everyFilterBoundsRowsAndTotals(String name, String value, int signals) {
    JsonPath report = reviewer().queryParam(name, value).get("/audit/report").jsonPath();

    assertThat(report.getList("rows")).hasSize(signals);
    Map<String, Integer> totals = report.getMap("totals");
    assertThat(totals.values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(signals);
  }

  @Test
  void filtersMustAllHold() {
    reviewer()
        .queryParam("source", "voc")
        .queryParam("outcome", "INVALID")
        .get("/audit/report")
        .then()
        .body("rows.size()", equalTo(0));
  }

  @Test
  void pagingVisitsEverySignalOnceEvenWhenManyShareAMoment() {
    List<String> visited = new ArrayList<>();
    String cursor = null;
    do {
      RequestSpecification request = reviewer().queryParam("limit", "7");
      if (cursor != null) {
        request.queryParam("cursor", cursor);
      }
      JsonPath page = request.get("/audit/report").jsonPath();
      visited.addAll(page.getList("rows.signalId"));
      assertThat(page.getInt("totals.PENDING")).isEqualTo(SampleJournal.PENDING_SIGNALS);
      cursor = page.getString("nextCursor");
    } while (cursor != null);

    List<String> whole = reviewer().get("/audit/report").jsonPath().getList("rows.signalId");
    assertThat(visited).containsExactlyElementsOf(whole).doesNotHaveDuplicates();
  }

  @Test
  void wrongParametersAreAllNamedInAProblem() {
    reviewer()
        .queryParam("limit", "0")
        .queryParam("from", "soon")
        .get("/audit/report")
        .then()
        .statusCode(400)
        .contentType("application/problem+json")
        .header("Cache-Control", "no-store")
        .body("status", equalTo(400))
        .body("errors[0].field", equalTo("from"))
        .body("errors[1].field", equalTo("limit"));
  }

  @Test
  void allRowsAtOnceAreThoseOfThePagesInEveryForm() {
    List<Object> paged =
        reviewer().get("/audit/report?limit=1000&source=voc").jsonPath().getList("rows");

    Response whole = reviewer().get("/audit/report?all=true&source=voc");
    Response csv = reviewer().accept("text/csv").get("/audit/report?all=true&source=voc");
    Response file = reviewer().get("/audit/report.csv?source=voc&all=true");

    whole
        .then()
        .statusCode(200)
        .contentType("application/json")
        .header("Report-Rows", Integer.toString(paged.size()))
        .body("nextCursor", nullValue())
        .body("totals.FILLED", equalTo(1));
    assertThat(whole.jsonPath().getList("rows")).isEqualTo(paged).hasSizeGreaterThan(25);
    assertThat(new java.util.ArrayList<>(whole.jsonPath().getMap("").keySet()))
        .isEqualTo(List.of("from", "to", "totals", "rows", "nextCursor"));
    csv.then()
        .statusCode(200)
        .contentType(startsWith("text/csv"))
        .header("Report-Rows", Integer.toString(paged.size()))
        .header("Link", nullValue())
        .header("Cache-Control", "no-store");
    assertThat(csv.asString())
        .isEqualTo(
            reviewer().accept("text/csv").get("/audit/report?limit=1000&source=voc").asString())
        .isEqualTo(file.asString());
  }

  @Test
  void allRowsAndAPageOfThemContradictEachOther() {
    for (String path : List.of("/audit/report", "/audit/report.csv")) {
      String body =
          reviewer()
              .get(path + "?all=yes&limit=5&outcome=none")
              .then()
              .statusCode(400)
              .extract()
              .asString();
      assertThat(body)
          .contains("all: not true; allowed: true")
          .contains("limit: there are no pages with all=true")
          .contains("outcome: unknown");
    }
  }

  @Test
  void csvEscapesFormulasAndLinksToTheNextPage() {
    Response answer =
        reviewer()
            .accept("text/csv")
            .queryParam("to", "2026-11-22T11:00:00Z")
            .queryParam("limit", "1")
            .get("/audit/report");

    answer
        .then()
        .statusCode(200)
        .contentType(startsWith("text/csv"))
        .header("Link", containsString("rel=\"next\""));
    assertThat(answer.asString().lines()).hasSize(2);
    assertThat(answer.asString()).contains(",'=1+1,");
  }

  @Test
  void hostileTextIsShownAndNeverRun() {
    for (String path : List.of("/", "/audit/report", "/audit/signals/" + SampleJournal.REJECTED)) {
      Response page = reviewer().accept("text/html").get(path);

      page.then()
          .statusCode(200)
          .contentType(startsWith("text/html"))
          .header("Content-Security-Policy", containsString("default-src 'none'"))
          .header("Referrer-Policy", "no-referrer")
          .header("Cache-Control", "no-store")
          .body(not(containsString("<script>alert")))
          .body(not(containsString("<b>high")))
          .body(containsString("&lt;script&gt;alert"));
    }
  }

  @Test
  void hostileFiltersCannotLeaveTheirAttribute() {
    String page =
        reviewer()
            .accept("text/html")
            .queryParam("strategy", SampleJournal.HOSTILE)
            .queryParam("rule", "'\"><img src=x>")
            .get("/")
            .asString();

    assertThat(page)
        .doesNotContain("<script>alert", "<img", "\" onmouseover=\"")
        .contains(
            "value=\"&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&quot; onmouseover=&quot;y\"");
  }

  @Test
  void theConsoleSaysModeOutcomesAndWhereItsLinksGo() {
    String page = reviewer().accept("text/html").queryParam("limit", "7").get("/").asString();

    assertThat(page)
        .contains("No real money moves", "Rejected by a rule <b>1</b>", "Older")
        .contains("href=\"/?outcome=REJECTED&amp;limit=7\"")
        .doesNotContain("style=", "<script>", "onclick");
  }

  @Test
  void aPersonIsToldOnAPageWhatIsWrongWithTheFilters() {
    reviewer()
        .accept("text/html")
        .queryParam("outcome", "<i>")
        .get("/")
        .then()
        .statusCode(400)
        .contentType(startsWith("text/html"))
        .body(containsString("outcome: unknown"));
  }

  @Test
  void theStoryTellsEverythingInOrder() {
    JsonPath story = reviewer().get("/audit/signals/" + SampleJournal.FILLED).jsonPath();

    assertThat(story.getList("facts.kind"))
        .containsExactly(
            "signal-received",
            "market-read",
            "market-read",
            "market-read",
            "signal-decided",
            "order-intended",
            "kraken-called",
            "order-placed",
            "kraken-called",
            "order-progressed",
            "order-ended");
    assertThat(story.getList("facts.sincePreviousMicros"))
        .containsExactly(null, 0, 0, 0, 0, 0, 46_433, 0, 2_149_000, 0, 2_100_000);
    assertThat(story.getInt("facts[0].sinceReceiptMicros")).isEqualTo(4_444);
    assertThat(story.getString("facts[0].raw")).isEqualTo("{\"type\":\"signal.created\"}");
    assertThat(story.getString("outcome")).isEqualTo("FILLED");
    assertThat(story.getString("summary.delivery.source")).isEqualTo("voc");
    assertThat(story.getString("summary.signal.limitPrice")).isEqualTo("67350.0");
    assertThat(story.getString("summary.snapshot.mid")).isEqualTo("67350.0");
    assertThat(story.getList("summary.rules.verdict")).containsExactly("PASS", "NOT_APPLICABLE");
    assertThat(story.getBoolean("summary.decision.approved")).isTrue();
    assertThat(story.getString("summary.intents[0].intent.plan.volume")).isEqualTo("0.00148");
    assertThat(story.getList("summary.krakenCalls.rawReply"))
        .containsExactly("{\"error\":[]}", "follow-up reply");
    assertThat(story.getList("summary.orderStates.state"))
        .containsExactly("INTENDED", "OPEN", "OPEN", "ENDED");
    assertThat(story.getList("summary.fills.volume")).containsExactly("0.00100", "0.00048");
    assertThat(story.getInt("summary.durations.receiptToDecisionMicros")).isEqualTo(3_777);
    assertThat(story.getLong("summary.krakenCalls[0].nonce")).isEqualTo(1_763_805_600_000_001L);
  }

  @Test
  void aDecisionFromEarlierPricesStillShowsTheirReads() {
    reviewer()
        .get("/audit/signals/" + SampleJournal.REJECTED)
        .then()
        .body("summary.marketReads.size()", equalTo(3))
        .body("summary.marketReads.rawReply", hasItem("D"))
        .body("summary.decision.reasons[0]", equalTo("max-order-notional"));
  }

  @Test
  void aCancelsStoryShowsWhatHappenedToTheOrdersItWasAfter() {
    JsonPath story = reviewer().get("/audit/signals/" + SampleJournal.CANCEL).jsonPath();

    assertThat(story.getList("facts.kind"))
        .containsExactly("signal-received", "cancel-wanted", "kraken-called", "order-ended");
  }

  @Test
  void unprintableBytesAreTheirBase64() {
    reviewer()
        .get("/audit/signals/" + SampleJournal.INVALID)
        .then()
        .body("facts[0].raw", equalTo("/wA="))
        .body("facts[0].rawEncoding", equalTo("base64"))
        .body("summary.decision", nullValue())
        .body("summary.delivery.problems[0].field", equalTo("/data/pair"));
  }

  @Test
  void aStoryWhoseRowIsNotWhatItsFactsComeToSaysSo() throws Exception {
    String path = "/audit/signals/" + SampleJournal.INVALID;
    reviewer().get(path).then().body("$", hasKey("contradiction"));
    reviewer().get(path).then().body("contradiction", nullValue());
    changeTheReport("outcome = 'FILLED', fee = 0");
    try {
      reviewer()
          .get(path)
          .then()
          .body("outcome", equalTo("FILLED"))
          .body(
              "contradiction",
              equalTo(
                  "outcome: the report says FILLED, the facts say INVALID;"
                      + " fee: the report says 0, the facts say nothing"));
      reviewer()
          .accept("text/html")
          .get(path)
          .then()
          .body(containsString("ALARM: the report contradicts the journal: outcome: the report"));
    } finally {
      changeTheReport("outcome = 'INVALID', fee = null");
    }
    reviewer().get(path).then().body("contradiction", nullValue());
  }

  @Test
  void aStoryWhoseReceivedBytesWereMovedSaysWhichArchiveHasThem() throws Exception {
    String path = "/audit/signals/" + SampleJournal.INVALID;
    String where = " where signal_id = '" + SampleJournal.INVALID + "'";
    reviewer().get(path).then().body("facts[0].rawArchive", nullValue());
    changeTheJournal(
        "insert into journal (account, seq, recorded_at, kind, body, canonical, leaf_hash) values"
            + " ('archives', 0, now(), 'facts-archived', '{\"account\":\"main\",\"first\":0,\"next\":100000,"
            + "\"file\":\"main-0-99999.ndjson.gz\",\"sha256\":\"00ff\"}', '', decode(repeat('00', 32), 'hex'))",
        "update journal set raw = null" + where);
    try {
      reviewer()
          .get(path)
          .then()
          .body("facts[0].raw", nullValue())
          .body("facts[0].rawArchive", startsWith("The bytes received with fact "))
          .body("facts[0].rawArchive", containsString(" are in archive main-0-99999.ndjson.gz"))
          .body("facts[0].rawArchive", containsString("SHA-256 00ff"))
          .body("summary.delivery.rawArchive", containsString("main-0-99999.ndjson.gz"))
          .body("summary.delivery.problems[0].field", equalTo("/data/pair"));
      reviewer()
          .header("Accept", "text/html")
          .get(path)
          .then()
          .statusCode(200)
          .body(containsString("are in archive main-0-99999.ndjson.gz"));
    } finally {
      changeTheJournal(
          "update journal set raw = '\\xff00'" + where,
          "delete from journal where account = 'archives'");
    }
    reviewer().get(path).then().body("facts[0].raw", equalTo("/wA="));
  }

  /** As its owner, with the triggers off. */
  private void changeTheJournal(String... changes) throws SQLException {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("alter table journal disable trigger user");
      for (String change : changes) {
        statement.execute(change);
      }
      statement.execute("alter table journal enable trigger user");
    }
  }

  private void changeTheReport(String change) throws SQLException {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement =
            connection.prepareStatement(
                "update signal_summary set " + change + " where signal_id = ?")) {
      statement.setObject(1, SampleJournal.INVALID);
      assertThat(statement.executeUpdate()).isEqualTo(1);
    }
  }

  @Test
  void theFilterForARuleFindsItsSignalsByAnIndex() throws Exception {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("set local enable_seqscan = off");
      StringBuilder plan = new StringBuilder();
      try (ResultSet row =
          statement.executeQuery(
              "explain select * from signal_summary"
                  + " where short_reasons(reasons) @> array['max-order-notional']")) {
        while (row.next()) {
          plan.append(row.getString(1)).append('\n');
        }
      }
      connection.rollback();
      connection.setAutoCommit(true);
      assertThat(plan).contains("signal_summary_reasons");
    }
  }

  @Test
  void theStoryForPeopleIsInPlainWords() {
    String page =
        reviewer().accept("text/html").get("/audit/signals/" + SampleJournal.REJECTED).asString();

    assertThat(page)
        .contains("Rule max-order-notional denied: limit 100 USD, actual 250 USD.")
        .contains("Signal received from voc: BUY BTC/USD");
  }

  @Test
  void anUnknownSignalIsNotFoundAndAMalformedIdIsWrong() {
    for (String accept : List.of("application/json", "text/html")) {
      reviewer()
          .accept(accept)
          .get("/audit/signals/01930000-0000-7000-8000-00000000ffff")
          .then()
          .statusCode(404)
          .contentType("application/problem+json")
          .body("status", equalTo(404));
      reviewer()
          .accept(accept)
          .get("/audit/signals/1-1-1-1-1")
          .then()
          .statusCode(400)
          .contentType("application/problem+json")
          .body("errors[0].field", equalTo("signalId"));
    }
  }

  @Test
  void pagesRunNoOtherScriptAreNotGuessedAtAndInNoFrame() {
    for (String path : List.of("/", "/audit/report", "/audit/signals/" + SampleJournal.REJECTED)) {
      reviewer()
          .accept("text/html")
          .get(path)
          .then()
          .statusCode(200)
          .header("Content-Security-Policy", containsString("default-src 'none'"))
          .header("Content-Security-Policy", containsString("script-src 'self';"))
          .header("Content-Security-Policy", containsString("frame-ancestors 'none'"))
          .header("X-Content-Type-Options", "nosniff");
    }
  }

  @Test
  void styleAndScriptNeedNoSignIn() {
    for (String file : List.of("console.css", "console.js", "icon.svg")) {
      given()
          .get("/console/" + file)
          .then()
          .statusCode(200)
          .header("X-Content-Type-Options", "nosniff");
    }
  }

  private static RequestSpecification reviewer() {
    return given().auth().preemptive().basic("rita", "secret");
  }
}
