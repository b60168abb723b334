package dev.signaltoorder.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signaltoorder.paper.PaperOrder;
import dev.signaltoorder.testing.Payload;
import dev.signaltoorder.testing.RoomyProfile;
import dev.signaltoorder.testing.RunningService;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.math.BigDecimal;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Orders that rest, and the signals that end what a strategy has. */
@QuarkusTest
@TestProfile(RoomyProfile.class)
class CancelAndCloseTest extends RunningService {
  private static final String FAR_BELOW = "60000.0";

  @Test
  void aCancelEndsTheOrdersOfItsStrategyAndOfNoOther() {
    String strategy = freshStrategy();
    String resting = ended("OPEN", () -> Payload.limit("BUY", strategy, FAR_BELOW, "0.001"));
    String second = ended("OPEN", () -> Payload.limit("BUY", strategy, FAR_BELOW, "0.002"));
    String others = freshStrategy();
    String other = ended("OPEN", () -> Payload.limit("BUY", others, FAR_BELOW, "0.001"));

    String cancel = accepted(demo().send(Payload.of("CANCEL", strategy)));

    report().awaitOutcome(resting, "CANCELED");
    report().awaitOutcome(second, "CANCELED");
    report().awaitOutcome(cancel, "CANCELED");
    assertThat(report().row(other).path("outcome").textValue()).isEqualTo("OPEN");
    assertThat(ordersAtExchange(resting)).singleElement().matches(order -> !order.isOpen());
    assertThat(ordersAtExchange(other)).singleElement().matches(PaperOrder::isOpen);
    assertThat(report().story(cancel).path("summary").path("cancels")).hasSize(2);
    accepted(demo().send(Payload.of("CANCEL", others)));
    report().awaitOutcome(other, "CANCELED");
  }

  @Test
  void anOrderThatRestsIsFilledWhenTheMarketComesToIt() {
    String signalId =
        ended("OPEN", () -> Payload.limit("BUY", freshStrategy(), "66990.0", "0.001"));

    exchange().setPrice("BTC/USD", "66980.0", "66980.1");

    JsonNode row = report().awaitOutcome(signalId, "FILLED");
    assertThat(new BigDecimal(row.path("averagePrice").textValue()))
        .isEqualByComparingTo("66990.0");
  }

  @Test
  void anOrderThatIsFilledInPartAndThenCanceledIsPartiallyFilled() {
    String strategy = freshStrategy();
    String signalId =
        ended(
            "OPEN",
            () -> Payload.limit("BUY", strategy, "3490.00", "0.5").with("/data/pair", "ETHUSD"));
    exchange().setBook("ETH/USD", "3489.00", "10", "3490.00", "0.4");
    report().awaitOutcome(signalId, "PARTIALLY_FILLED");

    accepted(demo().send(Payload.of("CANCEL", strategy).with("/data/pair", "ETH/USD")));

    await()
        .atMost(Duration.ofMinutes(2))
        .until(() -> ordersAtExchange(signalId).stream().noneMatch(PaperOrder::isOpen));
    JsonNode row = report().awaitOutcome(signalId, "PARTIALLY_FILLED");
    assertThat(new BigDecimal(row.path("volume").textValue())).isEqualByComparingTo("0.4");
  }

  @Test
  void aCloseSellsWhatItsStrategyHoldsAndNoMore() {
    String strategy = freshStrategy();
    ended("FILLED", () -> Payload.limit("BUY", strategy, ASK, "0.002"));
    ended("FILLED", () -> Payload.limit("BUY", strategy, ASK, "0.003"));
    ended("FILLED", () -> Payload.limit("BUY", freshStrategy(), ASK, "0.004"));

    String close = ended("FILLED", () -> Payload.of("CLOSE", strategy));

    assertThat(ordersAtExchange(close))
        .singleElement()
        .satisfies(
            order -> {
              assertThat(order.terms().side().name()).isEqualTo("SELL");
              assertThat(order.volumeExecuted()).isEqualByComparingTo("0.005");
            });
    String again = accepted(demo().send(Payload.of("CLOSE", strategy)));
    report().awaitOutcome(again, "DONE");
    assertThat(ordersAtExchange(again)).isEmpty();
  }

  @Test
  void aCancelAndACloseWithNothingToDoAreDone() {
    String cancel = accepted(demo().send(Payload.of("CANCEL", freshStrategy())));
    String close = accepted(demo().send(Payload.of("CLOSE", freshStrategy())));

    report().awaitOutcome(cancel, "DONE");
    report().awaitOutcome(close, "DONE");
    assertThat(ordersAtExchange(close)).isEmpty();
  }
}
