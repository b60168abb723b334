package dev.signaltoorder.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signaltoorder.testing.Journal;
import dev.signaltoorder.testing.Payload;
import dev.signaltoorder.testing.RunningService;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Orders rest, there is no websocket, and Starter's call counter is the smallest there is: what is
 * asked as a matter of routine slows down before Kraken would have to refuse a call.
 */
@QuarkusTest
@TestProfile(StarterLimitsTest.Starter.class)
class RoutineSlowsDownTest extends RunningService {
  /** What routine leaves to calls that matter more, of Starter's fifteen units. */
  private static final int RESERVE = 3;

  private static final int UNITS = 15;

  private static final String KEY = "/kraken/starter/keys/0";

  @Test
  void restingOrdersAreFollowedOverRestWithoutEverUsingTheWholeBudget() throws Exception {
    List<String> resting = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      resting.add(ended("OPEN", () -> buy("66990.0", "0.001")));
    }
    double asked = 0;
    List<Integer> left = new ArrayList<>();
    long led = 0;
    // Again where a leader was replaced meanwhile: Kraken's counter counts as full after a start.
    for (int attempt = 0; attempt < 4 && led != terms(); attempt++) {
      led = terms();
      // And an earlier test may have filled it.
      await().atMost(Duration.ofMinutes(2)).until(() -> callBudget() >= UNITS / 3);
      asked = questions();
      left.clear();
      for (int i = 0; i < 120; i++) {
        left.add(callBudget());
        Thread.sleep(500);
      }
    }

    assertThat(questions() - asked).as("they are followed").isGreaterThan(5);
    assertThat(left).as("the budget is used").anyMatch(units -> units < UNITS - 2);
    assertThat(left).as("and never to its end").allMatch(units -> units >= RESERVE);
    assertThat(left.subList(60, 120))
        .as("half a minute later it is not used up bit by bit")
        .anyMatch(units -> units >= UNITS / 3);
    // A deadline that a slow machine missed on the way is no limit.
    assertThat(atManagementPort().get("/q/metrics").body().lines())
        .filteredOn(line -> !line.contains("Deadline elapsed") && !line.endsWith(" 0.0"))
        .noneMatch(line -> line.startsWith("signal_to_order_kraken_errors_total{"));
    // Near enough for the rules about sudden moves of the price.
    exchange().setPrice("BTC/USD", "66989.0", "66989.1");
    resting.forEach(signal -> report().awaitOutcome(signal, "FILLED", Duration.ofMinutes(2)));
  }

  private int callBudget() {
    // A leader is replaced now and then on a slow machine, and its keys with it.
    return await()
        .atMost(Duration.ofMinutes(2))
        .pollDelay(Duration.ZERO)
        .until(
            () -> operator().get("/operations/status").json().at(KEY + "/callBudget"),
            JsonNode::isInt)
        .intValue();
  }

  /** How often somebody has begun to lead the account. */
  private static long terms() {
    return Journal.facts("starter", "loop-started");
  }

  /** Calls of QueryOrders so far. */
  private double questions() {
    Matcher line =
        Pattern.compile(
                "signal_to_order_kraken_calls_seconds_count\\{account=\"starter\",endpoint=\"QueryOrders\",outcome=\"OK\",?\\} (\\S+)")
            .matcher(atManagementPort().get("/q/metrics").body());
    return line.find() ? Double.parseDouble(line.group(1)) : 0;
  }

  private static Payload buy(String price, String volume) {
    return Payload.limit("BUY", freshStrategy(), price, volume);
  }
}
