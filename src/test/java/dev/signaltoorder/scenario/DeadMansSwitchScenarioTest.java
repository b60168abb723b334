package dev.signaltoorder.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.signaltoorder.paper.Fault;
import dev.signaltoorder.paper.PaperOrder;
import dev.signaltoorder.testing.ConfirmProfile;
import dev.signaltoorder.testing.Payload;
import dev.signaltoorder.testing.RunningService;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The exchange cancels what rests once it does not hear from the service any more. */
@QuarkusTest
@TestProfile(ConfirmProfile.class)
class DeadMansSwitchScenarioTest extends RunningService {

  @AfterEach
  void heardAgain() {
    exchange().faults().clear();
  }

  @Test
  void whatRestsIsCancelledOnceTheSwitchIsNotRenewed() {
    String resting = ended("OPEN", () -> Payload.limit("BUY", freshStrategy(), "60000.0", "0.001"));

    exchange().faults().always("CancelAllOrdersAfter", Fault.of(Fault.Kind.UNAVAILABLE));

    await()
        .atMost(Duration.ofMinutes(2))
        .until(() -> ordersAtExchange(resting).stream().noneMatch(PaperOrder::isOpen));
    // While Kraken answers nothing useful the client asks less; then it is known.
    exchange().faults().clear();
    report().awaitOutcome(resting, "CANCELED");
    assertThat(ordersAtExchange(resting))
        .singleElement()
        .satisfies(order -> assertThat(order.isOpen()).isFalse());
  }
}
