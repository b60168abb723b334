package dev.signaltoorder.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signaltoorder.paper.PaperOrder;
import dev.signaltoorder.testing.Answer;
import dev.signaltoorder.testing.Payload;
import dev.signaltoorder.testing.RoomyProfile;
import dev.signaltoorder.testing.RunningService;
import dev.signaltoorder.testing.Sender;
import dev.signaltoorder.testing.ServiceResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/**
 * More signals at once than Kraken's Starter limits let orders through, on one key. The limits are
 * kept here: Kraken never has to say no.
 */
@QuarkusTest
@TestProfile(StarterLimitsTest.Starter.class)
class StarterLimitsTest extends RunningService {
  private static final int SIGNALS = 300;
  private static final int CONNECTIONS = 16;
  private static final double THRESHOLD = 60;
  private static final double DECAY_PER_SECOND = 1;

  /** An account of its own, of the lowest tier. */
  public static class Starter extends RoomyProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      Map<String, String> settings = new HashMap<>(super.getConfigOverrides());
      settings.remove("signal-to-order.accounts." + ACCOUNT + ".tier");
      settings.put("signal-to-order.accounts.starter.tier", "starter");
      settings.put("signal-to-order.paper.enforce-limits", "starter");
      // Time for a slow machine: Kraken takes no deadline less than two seconds ahead.
      settings.put("signal-to-order.orders.deadline", "12s");
      settings.put("signal-to-order.orders.look-up-every", "6s");
      return settings;
    }
  }

  @Test
  void threeHundredSignalsAtSixteenConnectionsMeetNoLimitOfKrakens() throws Exception {
    String strategy = freshStrategy();
    List<PaperOrder> before = exchange().orders();
    Sender sender = sender(ServiceResource.LOAD);
    Callable<Answer> one =
        () -> {
          String id = Sender.freshId();
          byte[] body = Payload.limit("BUY", strategy, ASK, "0.001").bytes();
          // As senders do: a slow machine may have lost its database connection for a moment.
          return await()
              .atMost(Duration.ofMinutes(1))
              .until(() -> sender.send(id, body), answer -> answer.status() != 503);
        };

    List<Answer> answers = atOnce(Collections.nCopies(SIGNALS, one));

    assertThat(answers).extracting(Answer::status).isSubsetOf(202, 200);
    // What nobody led the account for is acknowledged before it has a row.
    await()
        .atMost(Duration.ofMinutes(2))
        .pollInterval(Duration.ofMillis(500))
        .untilAsserted(() -> assertThat(report().rowsOf(strategy)).hasSize(SIGNALS));
    report().awaitAllSettled(Map.of("strategy", strategy), Duration.ofMinutes(6));
    List<JsonNode> rows = report().rowsOf(strategy);
    assertThat(rows).hasSize(SIGNALS);
    assertThat(rows)
        .as(rows.getFirst().toString())
        .extracting(row -> row.path("outcome").textValue())
        .contains("FILLED");
    for (JsonNode row : rows) {
      if (!row.path("outcome").textValue().equals("FILLED")) {
        // Never at Kraken, because its turn came too late.
        assertThat(report().isLate(row.path("signalId").textValue())).as(row.toString()).isTrue();
      }
    }
    List<PaperOrder> orders = new ArrayList<>(exchange().orders());
    orders.removeAll(before);
    assertThat(orders)
        .as("every filled signal is an order, and no other")
        .hasSize(
            (int)
                rows.stream().filter(r -> r.path("outcome").textValue().equals("FILLED")).count());
    assertThat(orders).as("the burst that Kraken allows is used").hasSizeGreaterThan(40);
    assertThat(highestCounter(orders)).isLessThanOrEqualTo(THRESHOLD);
    String metrics = atManagementPort().get("/q/metrics").body();
    assertThat(metrics)
        .contains("signal_to_order_kraken_nonce_errors_total{account=\"starter\"} 0.0")
        .contains("signal_to_order_kraken_trading_budget{account=\"starter\"}");
    // A deadline that a slow machine missed on the way is no limit.
    assertThat(metrics.lines())
        .filteredOn(line -> !line.contains("Deadline elapsed") && !line.endsWith(" 0.0"))
        .noneMatch(line -> line.startsWith("signal_to_order_kraken_errors_total{"));
    JsonNode status = operator().get("/operations/status").json();
    assertThat(status.at("/kraken/starter/keys/0/role").textValue()).isEqualTo("BOTH");
    assertThat(status.at("/kraken/starter/tradingBudget/XBTUSD").isInt()).isTrue();
  }

  /** Kraken's trading counter as its documentation describes it, over what really arrived there. */
  private static double highestCounter(List<PaperOrder> orders) {
    double counter = 0;
    double highest = 0;
    Instant last = Instant.EPOCH;
    List<PaperOrder> byTime =
        orders.stream().sorted(Comparator.comparing(PaperOrder::openedAt)).toList();
    for (PaperOrder order : byTime) {
      double seconds = Duration.between(last, order.openedAt()).toNanos() / 1e9;
      counter = Math.max(0, counter - seconds * DECAY_PER_SECOND) + 1;
      highest = Math.max(highest, counter);
      last = order.openedAt();
    }
    return highest;
  }

  private static <T> List<T> atOnce(List<? extends Callable<T>> calls) throws Exception {
    List<T> answers = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS)) {
      for (Future<T> future : threads.invokeAll(calls)) {
        answers.add(future.get());
      }
    }
    return answers;
  }
}
