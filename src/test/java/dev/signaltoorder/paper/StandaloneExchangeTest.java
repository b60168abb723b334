package dev.signaltoorder.paper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class StandaloneExchangeTest {

  private static Vertx vertx;

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);

  @BeforeAll
  static void openVertx() {
    vertx = Vertx.vertx();
  }

  @AfterAll
  static void closeVertx() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  void itPrintsItsUrlAndServesTheGivenKey() throws Exception {
    String secret = "AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=";
    try (PaperExchangeServer server =
        StandaloneExchange.start(
            vertx, out, "--api-key", "my-key", "--api-secret", secret, "--seed", "7")) {
      URI url = URI.create(printed.toString(StandardCharsets.UTF_8).strip());
      try (TestTrader trader =
          new TestTrader(url, new PaperAccount(StandaloneExchange.ACCOUNT, "my-key", secret))) {
        assertThat(trader.result("Balance").path("ZUSD").asText()).isEqualTo("10000.0000");
        assertThat(trader.get("/0/public/Time").headers().firstValue("X-Price-Origin"))
            .contains("simulated: random walk, seed 7");
      }
      assertThat(server.exchange().orders()).isEmpty();
    }
  }

  @Test
  void aSecretInTheWrongPlaceIsNotRepeated() {
    assertThatThrownBy(() -> StandaloneExchange.start(vertx, out, "--api-key", "k", "TOPSECRET"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("argument 3")
        .hasMessageNotContaining("TOPSECRET");
  }

  @Test
  void aKeyWithoutItsSecretIsRefused() {
    assertThatThrownBy(() -> StandaloneExchange.start(vertx, out, "--api-key", "k"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("go together");
  }
}
