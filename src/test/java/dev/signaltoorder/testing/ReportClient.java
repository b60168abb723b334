package dev.signaltoorder.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.awaitility.core.ConditionTimeoutException;

/** Reads the audit report as a reviewer. */
public final class ReportClient {
  private static final Set<String> ON_THE_WAY = Set.of("PENDING", "UNKNOWN", "OPEN");
  private static final Set<String> FOR_GOOD = Set.of("INVALID", "REJECTED", "EXPIRED", "HALTED");
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration PAUSE = Duration.ofMillis(50);

  private final Person reviewer;

  ReportClient(Person reviewer) {
    this.reviewer = reviewer;
  }

  /** One page of the report. */
  public JsonNode page(Map<String, String> parameters) {
    Answer answer = reviewer.get("/audit/report" + query(parameters));
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer.json();
  }

  /** The performance report. */
  public JsonNode performance(Map<String, String> parameters) {
    Answer answer = reviewer.get("/audit/performance" + query(parameters));
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer.json();
  }

  /** All rows, page by page. */
  public List<JsonNode> allRows(Map<String, String> parameters, int limit) {
    List<JsonNode> rows = new ArrayList<>();
    Map<String, String> asked = new java.util.TreeMap<>(parameters);
    asked.put("limit", Integer.toString(limit));
    while (true) {
      JsonNode page = page(asked);
      page.path("rows").forEach(rows::add);
      if (page.path("nextCursor").isNull()) {
        return rows;
      }
      asked.put("cursor", page.path("nextCursor").textValue());
    }
  }

  /** The rows of one strategy, newest first. */
  public List<JsonNode> rowsOf(String strategy) {
    return allRows(Map.of("strategy", strategy), 1_000);
  }

  /**
   * The story of a signal; at any time its row follows from its facts. A delivery that nobody led
   * the account for is acknowledged before it has one.
   */
  public JsonNode story(String signalId) {
    Answer answer =
        await()
            .atMost(PATIENCE)
            .pollDelay(Duration.ZERO)
            .pollInterval(PAUSE)
            .until(() -> reviewer.get("/audit/signals/" + signalId), got -> got.status() != 404);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    JsonNode contradiction = answer.json().required("contradiction");
    assertThat(contradiction.isNull()).as("the report's row: %s", contradiction).isTrue();
    return answer.json();
  }

  /** The row of a signal. */
  public JsonNode row(String signalId) {
    return story(signalId).path("row");
  }

  /** Waits for a signal's outcome; a failure tells the signal's whole story. */
  public JsonNode awaitOutcome(String signalId, String outcome) {
    return awaitOutcome(signalId, outcome, PATIENCE);
  }

  /**
   * Waits for a signal's outcome, at most so long, and no longer once it has another one for good.
   *
   * @throws AssertionError with the signal's whole story; so an {@code untilAsserted} around it can
   *     try again
   */
  public JsonNode awaitOutcome(String signalId, String outcome, Duration atMost) {
    Set<String> ends = new HashSet<>(FOR_GOOD);
    ends.add(outcome);
    JsonNode row;
    try {
      // What was seen counts: an order that was open may be filled when one looks again.
      row =
          await()
              .atMost(atMost)
              .pollInterval(PAUSE)
              .until(() -> row(signalId), seen -> ends.contains(seen.path("outcome").asText()));
    } catch (ConditionTimeoutException e) {
      throw new AssertionError("not " + outcome + " within " + atMost + ": " + story(signalId), e);
    }
    assertThat(row.path("outcome").asText())
        .as(() -> story(signalId).toString())
        .isEqualTo(outcome);
    return row;
  }

  /**
   * Whether the service did not do what was asked only because this machine was slow, which is
   * right of it: then a test asks once more. Waits until the signal has the outcome or its last
   * one.
   */
  public boolean cameTooLate(String signalId, String outcome) {
    Set<String> underWay = new HashSet<>(ON_THE_WAY);
    underWay.add("PARTIALLY_FILLED");
    underWay.remove(outcome);
    try {
      await()
          .atMost(PATIENCE)
          .pollInterval(PAUSE)
          .until(() -> !underWay.contains(row(signalId).path("outcome").asText()));
    } catch (ConditionTimeoutException e) {
      return false;
    }
    return isLate(signalId);
  }

  /** Whether the service refused it, or never sent its order, because it came too late to it. */
  public boolean isLate(String signalId) {
    return SlowMachine.isWhyNot(story(signalId));
  }

  /** Waits until nothing of these rows is on the way any more. */
  public void awaitAllSettled(Map<String, String> parameters, Duration atMost) {
    await()
        .atMost(atMost)
        .pollInterval(Duration.ofMillis(250))
        .untilAsserted(
            () -> assertThat(totals(parameters).keySet()).doesNotContainAnyElementsOf(ON_THE_WAY));
  }

  /** The totals. */
  public Map<String, Integer> totals(Map<String, String> parameters) {
    JsonNode totals = page(parameters).path("totals");
    return totals.properties().stream()
        .filter(total -> total.getValue().intValue() > 0)
        .collect(Collectors.toMap(Map.Entry::getKey, total -> total.getValue().intValue()));
  }

  private static String query(Map<String, String> parameters) {
    return parameters.entrySet().stream()
        .map(p -> p.getKey() + "=" + URLEncoder.encode(p.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&", parameters.isEmpty() ? "" : "?", ""));
  }
}
