package dev.signaltoorder.report;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(ReportTestProfile.class)
class PerformanceTest {
  private static final String PATH = "/audit/performance";
  private static final String BREAKOUT = "groups.find { it.name == 'btc-breakout-4h' }.";

  @Inject DataSource dataSource;
  @Inject Clock clock;

  @BeforeEach
  void fill() {
    SampleJournal.fillOnce(dataSource);
  }

  private static RequestSpecification reviewer() {
    return given().auth().preemptive().basic("rita", "secret");
  }

  @Test
  void aFilledSignalIsMeasuredFromItsPriceToItsFillAndFromSenderToKraken() {
    reviewer()
        .get(PATH)
        .then()
        .statusCode(200)
        .contentType("application/json")
        .body("groupBy", equalTo("strategy"))
        .body(BREAKOUT + "signals", equalTo(1))
        .body(BREAKOUT + "orders", equalTo(1))
        .body(BREAKOUT + "ordersFilled", equalTo(1))
        .body(BREAKOUT + "fillRate", equalTo("1"))
        .body(BREAKOUT + "slippageBps.signalToSnapshot.p50", equalTo("-1.4848"))
        .body(BREAKOUT + "slippageBps.snapshotToFill.p50", equalTo("-0.3267"))
        .body(BREAKOUT + "slippageBps.signalToFill.p99", equalTo("-1.8114"))
        .body(BREAKOUT + "latencyMs.sender.p50", equalTo("200.123"))
        .body(BREAKOUT + "latencyMs.ours.p50", equalTo("3.777"))
        .body(BREAKOUT + "latencyMs.queue.p50", equalTo("1.1"))
        .body(BREAKOUT + "latencyMs.kraken.p50", equalTo("0.005"))
        .body(BREAKOUT + "money.USD.bought", equalTo("99.66"))
        .body(BREAKOUT + "money.USD.fees", equalTo("0.25"))
        .body(BREAKOUT + "money.USD.held", equalTo("99.91"))
        .body(BREAKOUT + "money.USD.open", equalTo("-0.2468"));
  }

  @Test
  void everyMeasuredValueLiesInOneBucketAndTheBucketsHaveNoGaps() {
    JsonPath answer = reviewer().get(PATH).jsonPath();

    List<Map<String, Object>> slippage =
        answer.getList(BREAKOUT + "slippageBps.signalToSnapshot.buckets");
    List<Map<String, Object>> latency = answer.getList(BREAKOUT + "latencyMs.sender.buckets");

    assertThat(slippage).filteredOn("count", 1).singleElement().isEqualTo(bucket("-2", "-1"));
    assertThat(latency).filteredOn("count", 1).singleElement().isEqualTo(bucket("200", "500"));
    for (List<Map<String, Object>> buckets : List.of(slippage, latency)) {
      assertThat(buckets.getFirst().get("from")).isNull();
      assertThat(buckets.getLast().get("to")).isNull();
      for (int i = 1; i < buckets.size(); i++) {
        assertThat(buckets.get(i).get("from")).isEqualTo(buckets.get(i - 1).get("to"));
      }
      assertThat(buckets).extracting("count", Integer.class).filteredOn(n -> n > 0).hasSize(1);
    }
    assertThat(answer.getList("groups.find { it.name == 'grid' }.latencyMs.ours.buckets"))
        .as("nothing measured")
        .isEmpty();
  }

  private static Map<String, Object> bucket(String from, String to) {
    return Map.of("from", from, "to", to, "count", 1);
  }

  @Test
  void totalsAreTheSumsOfTheGroupsHoweverTheyAreMade() {
    JsonPath byStrategy = reviewer().get(PATH).jsonPath();
    JsonPath bySource = reviewer().get(PATH + "?groupBy=source").jsonPath();

    assertThat(byStrategy.getMap("total")).isEqualTo(bySource.getMap("total"));
    for (JsonPath answer : new JsonPath[] {byStrategy, bySource}) {
      assertThat(answer.getList("groups.signals", Integer.class).stream().mapToInt(i -> i).sum())
          .isEqualTo(answer.getInt("total.signals"))
          .isEqualTo(SampleJournal.SIGNALS);
    }
    assertThat(byStrategy.getMap("total.refusals"))
        .isEqualTo(Map.of("max-order-notional", 1, "/data/pair: missing", 1));
  }

  @Test
  void filtersAndTimesChooseTheSignals() {
    reviewer()
        .get(PATH + "?from=2026-11-22T10:00:00.5Z&to=2026-11-22T11:00:00Z&groupBy=pair")
        .then()
        .body("total.signals", equalTo(4))
        .body("total.orders", equalTo(0))
        .body("total.fillRate", nullValue())
        .body("groups.name", hasItems("BTC/USD", null));
    reviewer()
        .get(PATH + "?source=tv")
        .then()
        .body("total.outcomes", equalTo(Map.of("INVALID", 1)));
    reviewer()
        .get(PATH + "?to=2026-11-22T10:00:03Z")
        .then()
        .body("total.money.USD.bought", equalTo("67.34"));
  }

  @Test
  void aRuleCostWhatTheSignalThatItAloneRefusedWouldHaveEarned() {
    reviewer()
        .get(PATH)
        .then()
        .body("rules.horizon", equalTo("PT1H"))
        .body("rules.refused", equalTo(1))
        .body("rules.bySeveral", equalTo(0))
        .body("rules.byRule.rule", equalTo(List.of("max-order-notional")))
        .body("rules.byRule[0].judged", equalTo(1))
        .body("rules.byRule[0].resultBps.mean", equalTo("10"))
        .body("rules.byRule[0].money.USD.cost", equalTo("0.24919537"))
        .body("rules.byRule[0].money.USD.saved", equalTo("0"))
        .body("rules.byRule[0].money.USD.net", equalTo("-0.24919537"));
  }

  @Test
  void withoutALaterPriceInTimeARefusalIsNotJudged() {
    reviewer()
        .get(PATH + "?horizon=24h")
        .then()
        .body("rules.horizon", equalTo("PT24H"))
        .body("rules.byRule[0].alone", equalTo(1))
        .body("rules.byRule[0].noLaterPrice", equalTo(1))
        .body("rules.byRule[0].judged", equalTo(0))
        .body("rules.byRule[0].money", equalTo(Map.of()));
    reviewer().get(PATH + "?horizon=none").then().body("rules", nullValue());
    reviewer()
        .get(PATH + "?strategy=grid")
        .then()
        .body("rules.refused", equalTo(0))
        .body("rules.byRule", equalTo(List.of()));
  }

  @Test
  void everyWrongParameterIsNamed() {
    String body =
        reviewer()
            .get(PATH + "?groupBy=colour&horizon=2h&outcome=FILLED&from=yesterday")
            .then()
            .statusCode(400)
            .extract()
            .asString();

    assertThat(body)
        .contains("groupBy: not one of these; allowed: source, strategy, pair")
        .contains("horizon: not one of these; allowed: none, 15m, 1h, 4h, 24h, once")
        .contains("outcome: unknown parameter")
        .contains("from: not a time");
  }

  @Test
  void thePageShowsTheSameAndNoScriptOfASignal() {
    reviewer()
        .accept("text/html")
        .get(PATH + "?from=2026-11-22T00:00:00Z&to=2026-11-23T00:00")
        .then()
        .statusCode(200)
        .body(containsString("Since 2026-11-22 00:00:00 UTC, before 2026-11-23 00:00:00 UTC."))
        .body(containsString("99.66"))
        .body(containsString("-0.3267"))
        .body(containsString("max-order-notional"))
        .body(not(containsString("<script>alert")));
  }

  @Test
  void thePageIsAboutTheLastThirtyDaysUnlessAnotherTimeIsAskedFor() {
    Instant today = clock.instant().truncatedTo(ChronoUnit.DAYS);
    String start = today.minus(Duration.ofDays(30)).toString();

    String page = reviewer().accept("text/html").get(PATH + "?source=tv").asString();

    assertThat(page)
        .contains("Today and the 30 days before: since " + start.replace("T", " ").replace("Z", ""))
        .contains("aria-current=\"true\">30 days</a>")
        .contains(">Everything</a>")
        .contains("source=tv&amp;groupBy=strategy\">7 days</a>");
    reviewer().get(PATH).then().body("total.signals", equalTo(SampleJournal.SIGNALS));
  }

  @Test
  void aPersonIsToldOnAPageWhatIsWrongAndAProgramInAProblem() {
    for (String path : List.of(PATH, "/audit/report")) {
      reviewer()
          .accept("text/html")
          .get(path + "?from=<i>yesterday")
          .then()
          .statusCode(400)
          .contentType(startsWith("text/html"))
          .header("Content-Security-Policy", containsString("default-src 'none'"))
          .body(containsString("These filters cannot be used"))
          .body(containsString("from: not a time"))
          .body(not(containsString("<i>")));
      reviewer()
          .get(path + "?from=yesterday")
          .then()
          .statusCode(400)
          .contentType("application/problem+json");
    }
  }
}
