package dev.signaltoorder.paper;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Another simulated exchange plays the real Kraken here. */
class RealPricesTest extends PaperExchangeFixture {

  private PaperExchangeServer fetching(PriceMode mode, URI from) {
    return new PaperExchangeServer(PaperSettings.walk(42).withPrices(mode, from), clock, vertx());
  }

  @Test
  void realPricesAreTakenOver() throws Exception {
    try (PaperExchangeServer fetching = fetching(PriceMode.AUTO, url);
        TestTrader reader = new TestTrader(fetching.start(), fetching.createAccount("alice"))) {
      var answer = reader.get("/0/public/Ticker?pair=XBTUSD");

      assertThat(answer.body()).contains("\"a\":[\"50001.00000\"");
      assertThat(answer.headers().firstValue("X-Price-Origin")).contains("kraken public prices");
    }
  }

  @Test
  void whenRealPricesGrowOldTheWalkGoesOnFromThem() throws Exception {
    try (PaperExchangeServer fetching = fetching(PriceMode.AUTO, url);
        TestTrader reader = new TestTrader(fetching.start(), fetching.createAccount("alice"))) {
      exchange.faults().always("Ticker", Fault.of(Fault.Kind.UNAVAILABLE));
      clock.advance(Duration.ofSeconds(11));

      var answer = reader.get("/0/public/Ticker?pair=XBTUSD");
      BigDecimal bid =
          Json.read(answer.body().getBytes(java.nio.charset.StandardCharsets.UTF_8))
              .at("/result/XXBTZUSD/b/0")
              .asText()
              .transform(BigDecimal::new);

      assertThat(answer.headers().firstValue("X-Price-Origin"))
          .contains("simulated: random walk, seed 42");
      assertThat(bid).isBetween(new BigDecimal("49800"), new BigDecimal("50200"));
    }
  }

  @Test
  void withoutANetworkAutoWalks() throws Exception {
    URI nobody = URI.create("http://127.0.0.1:1");
    try (PaperExchangeServer fetching = fetching(PriceMode.AUTO, nobody);
        TestTrader reader = new TestTrader(fetching.start(), fetching.createAccount("alice"))) {
      assertThat(reader.get("/0/public/Time").headers().firstValue("X-Price-Origin"))
          .contains("simulated: random walk, seed 42");
      assertThat(reader.error("AddOrder", market("buy", "0.001"))).isEmpty();
    }
  }

  @Test
  void withoutRealPricesKrakenModeHasNoMarket() throws Exception {
    URI nobody = URI.create("http://127.0.0.1:1");
    try (PaperExchangeServer fetching = fetching(PriceMode.KRAKEN, nobody);
        TestTrader reader = new TestTrader(fetching.start(), fetching.createAccount("alice"))) {
      assertThat(reader.error("AddOrder", market("buy", "0.001")))
          .isEqualTo("EService:Unavailable");
      assertThat(reader.ask("/0/public/Ticker?pair=XBTUSD").path("error").path(0).asText())
          .isEqualTo("EService:Unavailable");
      assertThat(reader.error("Balance")).isEmpty();
    }
  }
}
