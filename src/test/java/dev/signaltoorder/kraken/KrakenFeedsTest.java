package dev.signaltoorder.kraken;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.signaltoorder.paper.PaperExchangeServer;
import dev.signaltoorder.paper.PaperSettings;
import dev.signaltoorder.paper.SocketFault;
import io.vertx.core.Vertx;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Over real connections to the simulated exchange, with its websocket's faults. */
class KrakenFeedsTest {

  private static final String PAIR = "BTC/USD";
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final Vertx vertx = Vertx.vertx();
  private final PaperExchangeServer server =
      new PaperExchangeServer(PaperSettings.walk(7), Clock.systemUTC(), vertx);
  private final List<Shown> history = new ArrayList<>();
  private URI address = URI.create("http://localhost");
  private KrakenFeeds feeds = feeds();

  private record Shown(Instant until, BigDecimal bid, BigDecimal ask) {}

  private record Config(
      String restUrl,
      Optional<String> wsUrl,
      Optional<String> wsAuthUrl,
      String connectTimeout,
      String readTimeout,
      String unprovenKeys)
      implements KrakenConfig {}

  private KrakenFeeds feeds() {
    return new KrakenFeeds(
        vertx,
        new KrakenFeedUrls() {
          @Override
          public Optional<URI> publicUrl() {
            return Optional.of(PaperExchangeServer.publicSocket(address));
          }

          @Override
          public Optional<URI> privateUrl() {
            return Optional.of(PaperExchangeServer.privateSocket(address));
          }
        },
        new Config(
            "https://api.kraken.com", Optional.empty(), Optional.empty(), "2s", "8s", "refuse"),
        Clock.systemUTC());
  }

  @BeforeEach
  void start() {
    address = server.start();
    feeds = feeds();
  }

  @AfterEach
  void stop() throws Exception {
    feeds.close();
    server.stop();
    vertx.close().toCompletionStage().toCompletableFuture().get();
  }

  private void show(int price) {
    BigDecimal bid = new BigDecimal(price + ".0");
    BigDecimal ask = new BigDecimal(price + ".1");
    server.exchange().setPrice(PAIR, bid.toPlainString(), ask.toPlainString());
    if (!history.isEmpty()) {
      Shown last = history.removeLast();
      // Not before: until then somebody may still have been shown it.
      history.add(new Shown(Instant.now(), last.bid(), last.ask()));
    }
    history.add(new Shown(Instant.MAX, bid, ask));
  }

  @Test
  void pricesComeAndFollow() {
    show(50_000);
    feeds.want(Set.of(PAIR), 10);

    await().atMost(PATIENCE).until(() -> feeds.quote(PAIR).isPresent());
    show(50_100);
    await()
        .atMost(PATIENCE)
        .until(
            () -> feeds.quote(PAIR).filter(q -> q.bid().compareTo(bid(50_100)) == 0).isPresent());

    // Each channel answers on its own: the price may come before the others.
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              assertThat(feeds.systemStatus()).contains("online");
              assertThat(feeds.instrument(PAIR))
                  .hasValueSatisfying(known -> assertThat(known.pricePrecision()).isEqualTo(1));
              assertThat(feeds.status().getFirst().parts()).containsEntry(PAIR, "good");
            });
  }

  private static BigDecimal bid(int price) {
    return new BigDecimal(price + ".0");
  }

  @Test
  void faultsNeverMakeAPriceYoungerThanItIs() throws Exception {
    long first = Long.getLong("feeds.seed", 1);
    int runs = Integer.getInteger("feeds.runs", 12);
    System.out.println("websocket over connections: seeds " + first + " to " + (first + runs - 1));
    show(50_000);
    feeds.want(Set.of(PAIR), 10);
    await().atMost(PATIENCE).until(() -> feeds.quote(PAIR).isPresent());
    int checked = 0;
    for (long seed = first; seed < first + runs; seed++) {
      Random random = new Random(seed * 0x9E3779B97F4A7C15L);
      server
          .exchange()
          .socketFaults()
          .randomly(
              seed,
              0.05 + random.nextDouble() * 0.2,
              List.of(
                  SocketFault.of(SocketFault.Kind.DROP),
                  SocketFault.of(SocketFault.Kind.DUPLICATE),
                  SocketFault.of(SocketFault.Kind.REORDER),
                  SocketFault.of(SocketFault.Kind.CORRUPT),
                  SocketFault.of(SocketFault.Kind.DISCONNECT),
                  new SocketFault(SocketFault.Kind.DELAY, Duration.ofMillis(200))));
      for (int i = 0; i < 20; i++) {
        show(50_000 + random.nextInt(1000));
        Thread.sleep(20 + random.nextInt(60));
        checked += check(seed);
      }
    }
    server.exchange().socketFaults().clear();
    show(60_000);
    await()
        .atMost(PATIENCE)
        .until(
            () -> feeds.quote(PAIR).filter(q -> q.bid().compareTo(bid(60_000)) == 0).isPresent());
    System.out.println("websocket over connections: " + checked + " prices, " + feeds.status());
    assertThat(checked).isPositive();
  }

  private int check(long seed) {
    Optional<FeedQuote> quote = feeds.quote(PAIR);
    if (quote.isEmpty()) {
      return 0;
    }
    FeedQuote price = quote.get();
    assertThat(history)
        .as("seed %d: %s at %s", seed, price.bid(), price.bookAt())
        .anyMatch(
            shown ->
                shown.bid().compareTo(price.bid()) == 0
                    && shown.ask().compareTo(price.ask()) == 0
                    && !shown.until().isBefore(price.bookAt().minusMillis(100)));
    return 1;
  }
}
