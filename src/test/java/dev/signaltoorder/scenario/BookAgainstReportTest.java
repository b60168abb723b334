package dev.signaltoorder.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signaltoorder.paper.PaperOrder;
import dev.signaltoorder.testing.Journal;
import dev.signaltoorder.testing.Payload;
import dev.signaltoorder.testing.RoomyProfile;
import dev.signaltoorder.testing.RunningService;
import dev.signaltoorder.testing.TradedBook;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * After a long random run with stops, take-profits and fills in part, over two pairs: what the
 * reports say of money is what the simulated exchange's own book says, each sum for itself.
 */
@QuarkusTest
@TestProfile(RoomyProfile.class)
class BookAgainstReportTest extends RunningService {
  private static final int STRATEGIES = 4;
  private static final int ROUNDS = 5;

  /** Shares of a cost are cut after 18 decimals, in the report and here. */
  private static final Offset<BigDecimal> DIVISION =
      Offset.offset(new BigDecimal("0.000000000001"));

  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);
  private final List<String> strategies = new ArrayList<>();
  private final Instant start = Instant.now().truncatedTo(ChronoUnit.MILLIS);

  /** A pair, and prices of it. */
  private enum Market {
    BTC(
        "BTC/USD",
        "XXBTZUSD",
        BID,
        ASK,
        "66000.0",
        "65000.0",
        "65000.1",
        "67500.0",
        "67500.1",
        "69000.0",
        "0.00",
        "0.0004"),
    ETH(
        "ETH/USD",
        "XETHZUSD",
        "3500.00",
        "3500.01",
        "3400.00",
        "3300.00",
        "3300.01",
        "3550.00",
        "3550.01",
        "3700.00",
        "0.",
        "0.04");

    private final String pair;
    private final String key;
    private final String bid;
    private final String ask;
    private final String stop;
    private final String crashBid;
    private final String crashAsk;
    private final String targetBid;
    private final String targetAsk;
    private final String farTarget;
    private final String volumeStart;
    private final String thin;

    Market(
        String pair,
        String key,
        String bid,
        String ask,
        String stop,
        String crashBid,
        String crashAsk,
        String targetBid,
        String targetAsk,
        String farTarget,
        String volumeStart,
        String thin) {
      this.pair = pair;
      this.key = key;
      this.bid = bid;
      this.ask = ask;
      this.stop = stop;
      this.crashBid = crashBid;
      this.crashAsk = crashAsk;
      this.targetBid = targetBid;
      this.targetAsk = targetAsk;
      this.farTarget = farTarget;
      this.volumeStart = volumeStart;
      this.thin = thin;
    }
  }

  /** What can happen next. */
  private enum Step {
    BUY,
    BUY_PROTECTED,
    BUY_IN_PART,
    SELL,
    CLOSE,
    REACH_TARGET,
    CRASH
  }

  @AfterEach
  void nothingIsLeftOver() {
    for (Market market : Market.values()) {
      exchange().setPrice(market.pair, market.bid, market.ask);
      for (String strategy : strategies) {
        send(close(strategy, market));
      }
    }
    calm();
    // A way out may have found no price, and its stop would be met by the next test's prices.
    nothingRests(RoomyProfile.ACCOUNT);
  }

  @Test
  void everySumOfTheReportsIsThatOfTheExchangesOwnBook() {
    System.out.println("BookAgainstReportTest: seed " + seed);
    for (int i = 0; i < STRATEGIES; i++) {
      strategies.add(freshStrategy());
    }
    for (int round = 0; round < ROUNDS; round++) {
      List<Step> steps = new ArrayList<>(List.of(Step.values()));
      Collections.shuffle(steps, random);
      for (Step step : steps) {
        Market market = Market.values()[random.nextInt(2)];
        take(step, strategies.get(random.nextInt(STRATEGIES)), market);
        calm();
        exchange().setPrice(market.pair, market.bid, market.ask);
      }
    }
    // Some of each that must not be missing, whatever the dice said.
    for (Market market : Market.values()) {
      boughtWithAStop(market);
      take(Step.REACH_TARGET, strategies.getFirst(), market);
      calm();
      take(Step.CRASH, strategies.getFirst(), market);
      calm();
      exchange().setPrice(market.pair, market.bid, market.ask);
      take(Step.BUY_IN_PART, strategies.getLast(), market);
      calm();
    }
    Map<String, BigDecimal> mids = new HashMap<>();
    for (Market market : Market.values()) {
      mids.put(market.pair, midAtALastPurchase(market));
    }

    TradedBook book = book();
    assertThat(book.executed("stop-loss", "SELL")).as("stops that sold").isNotEmpty();
    assertThat(book.executed("limit", "SELL")).as("limit orders that sold").isNotEmpty();
    for (String strategy : strategies) {
      performanceIsTheBooks(strategy, book, mids);
      theRowsAreTheBooks(strategy, book);
    }
    positionsAreTheBooks(book);
  }

  private void take(Step step, String strategy, Market market) {
    String volume = market.volumeStart + (2 + random.nextInt(8));
    Payload buy =
        Payload.limit("BUY", strategy, market.ask, volume).with("/data/pair", market.pair);
    switch (step) {
      case BUY -> send(buy);
      case BUY_PROTECTED ->
          send(
              buy.with("/data/stopLoss", market.stop)
                  .withList("/data/takeProfits", market.targetBid, market.farTarget));
      case BUY_IN_PART -> {
        exchange().setBook(market.pair, market.bid, "100", market.ask, market.thin);
        send(buy);
        calmExceptFor(strategy);
        send(Payload.of("CANCEL", strategy).with("/data/pair", market.pair));
      }
      case SELL -> {
        // What was never bought here has no cost: its sale would be another matter.
        BigDecimal held = book().sums(strategy, market.key).volume;
        BigDecimal part = new BigDecimal(market.volumeStart + "1");
        send(
            held.compareTo(part) < 0
                ? buy
                : Payload.limit("SELL", strategy, market.bid, part.toPlainString())
                    .with("/data/pair", market.pair));
      }
      case CLOSE -> send(close(strategy, market));
      case REACH_TARGET -> exchange().setPrice(market.pair, market.targetBid, market.targetAsk);
      case CRASH -> {
        exchange().setBook(market.pair, market.crashBid, market.thin, market.crashAsk, market.thin);
        exchange().setPrice(market.pair, market.crashBid, market.crashAsk);
      }
    }
  }

  /**
   * At the price that is there. The service would take the one that it knows: for a moment that of
   * the step before, at which nobody may buy.
   */
  private static Payload close(String strategy, Market market) {
    return Payload.of("CLOSE", strategy)
        .with("/data/pair", market.pair)
        .with("/data/orderType", "LIMIT")
        .with("/data/limitPrice", market.bid);
  }

  private void send(Payload payload) {
    accepted(demo().send(payload));
  }

  /** The mid price of the newest decision on an order of the pair. */
  private BigDecimal midAtALastPurchase(Market market) {
    JsonNode snapshot = boughtWithAStop(market).path("summary").path("snapshot");
    return new BigDecimal(snapshot.path("bid").asText())
        .add(new BigDecimal(snapshot.path("ask").asText()))
        .divide(BigDecimal.TWO);
  }

  /**
   * For certain; the signal's story. Sent until the service knows a price again: an order before
   * may have left nothing to buy.
   */
  private JsonNode boughtWithAStop(Market market) {
    exchange().setPrice(market.pair, market.bid, market.ask);
    return await()
        .atMost(Duration.ofMinutes(4))
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofSeconds(1))
        .until(
            () -> protectedPurchase(market),
            story -> !story.path("row").path("orderTxid").isNull());
  }

  private JsonNode protectedPurchase(Market market) {
    String signalId =
        accepted(
            demo()
                .send(
                    Payload.limit(
                            "BUY", strategies.getFirst(), market.ask, market.volumeStart + "2")
                        .with("/data/pair", market.pair)
                        // Its stop is the newest intent, and its price is not the market's.
                        .with("/data/stopLoss", market.stop)
                        .withList("/data/takeProfits", market.targetBid, market.farTarget)));
    calm();
    return report().story(signalId);
  }

  /** Nothing is under way: what is open are stops that wait, and both sides know of every fill. */
  private void calm() {
    await()
        .atMost(Duration.ofMinutes(2))
        .pollInterval(Duration.ofMillis(200))
        .untilAsserted(
            () -> {
              assertThat(report().totals(Map.of("from", start.toString())).keySet())
                  .doesNotContain("PENDING", "OPEN", "UNKNOWN");
              TradedBook book = book();
              assertThat(book.open()).isSubsetOf(book.untouchedStops());
              positionsAreTheBooks(book);
              for (JsonNode each : account().path("protections")) {
                if (strategies.contains(each.path("strategy").textValue())) {
                  assertThat(each.path("state").textValue()).isEqualTo("PROTECTED");
                }
              }
            });
  }

  /** Until the order that rests has had what the thin book had. */
  private void calmExceptFor(String strategy) {
    await()
        .atMost(Duration.ofMinutes(2))
        .pollInterval(Duration.ofMillis(200))
        .until(
            () ->
                report().totals(Map.of("strategy", strategy)).keySet().stream()
                    .noneMatch(List.of("PENDING", "UNKNOWN", "OPEN")::contains));
  }

  private JsonNode account() {
    return standing(RoomyProfile.ACCOUNT);
  }

  private TradedBook book() {
    Map<String, String> intended = Journal.strategiesOfOrders();
    Map<String, String> strategyOfOrder = new HashMap<>();
    List<PaperOrder> ours = new ArrayList<>();
    for (PaperOrder order : exchange().orders()) {
      String strategy = intended.get(String.valueOf(order.clientOrderId()));
      if (strategies.contains(strategy)) {
        strategyOfOrder.put(order.txid(), strategy);
        ours.add(order);
      }
    }
    return new TradedBook(ours, exchange().trades(), strategyOfOrder);
  }

  private void performanceIsTheBooks(
      String strategy, TradedBook book, Map<String, BigDecimal> mids) {
    JsonNode byPair =
        report().performance(Map.of("strategy", strategy, "groupBy", "pair", "horizon", "none"));
    TradedBook.Sums all = new TradedBook.Sums();
    BigDecimal allOpen = BigDecimal.ZERO;
    for (Market market : Market.values()) {
      TradedBook.Sums sums = book.sums(strategy, market.key);
      BigDecimal open =
          sums.volume.multiply(mids.getOrDefault(market.pair, BigDecimal.ZERO)).subtract(sums.held);
      all.add(sums);
      allOpen = allOpen.add(open);
      if (sums.trades > 0) {
        JsonNode group = named(byPair.path("groups"), market.pair);
        equal(strategy + " in " + market.pair, group.path("money").path("USD"), sums, open);
      }
    }
    if (all.trades > 0) {
      equal(strategy, byPair.path("total").path("money").path("USD"), all, allOpen);
    }
    JsonNode inAll =
        named(
            report()
                .performance(Map.of("from", start.toString(), "horizon", "none"))
                .path("groups"),
            strategy);
    assertThat(inAll.path("money")).isEqualTo(byPair.path("total").path("money"));
  }

  private static JsonNode named(JsonNode groups, String name) {
    for (JsonNode group : groups) {
      if (name.equals(group.path("name").textValue())) {
        return group;
      }
    }
    throw new AssertionError("no group " + name + " in " + groups);
  }

  private static void equal(String of, JsonNode money, TradedBook.Sums sums, BigDecimal open) {
    assertThat(number(money, "bought")).as("bought by %s", of).isEqualByComparingTo(sums.bought);
    assertThat(number(money, "sold")).as("sold by %s", of).isEqualByComparingTo(sums.sold);
    assertThat(number(money, "fees")).as("fees of %s", of).isEqualByComparingTo(sums.fees);
    assertThat(number(money, "realised")).as("result of %s", of).isCloseTo(sums.realised, DIVISION);
    assertThat(number(money, "held")).as("held by %s", of).isCloseTo(sums.held, DIVISION);
    assertThat(number(money, "open")).as("open result of %s", of).isCloseTo(open, DIVISION);
    // However costs are shared: what came in and went out is what was earned and what is held.
    assertThat(number(money, "realised").subtract(number(money, "held")))
        .isCloseTo(sums.sold.subtract(sums.bought).subtract(sums.fees), DIVISION);
  }

  private static BigDecimal number(JsonNode money, String name) {
    return new BigDecimal(money.path(name).asText());
  }

  private void theRowsAreTheBooks(String strategy, TradedBook book) {
    List<JsonNode> rows = report().rowsOf(strategy);
    Map<String, Integer> counted = new HashMap<>();
    BigDecimal fees = BigDecimal.ZERO;
    for (JsonNode row : rows) {
      counted.merge(row.path("outcome").textValue(), 1, Integer::sum);
      PaperOrder order = book.order(row.path("orderTxid").asText());
      if (order != null && order.volumeExecuted().signum() > 0) {
        fees = fees.add(order.fee());
        assertThat(new BigDecimal(row.path("fee").asText())).isEqualByComparingTo(order.fee());
        assertThat(new BigDecimal(row.path("volume").asText()))
            .isEqualByComparingTo(order.volumeExecuted());
        assertThat(new BigDecimal(row.path("averagePrice").asText()))
            .isCloseTo(average(order), Offset.offset(new BigDecimal("0.0001")));
      }
    }
    assertThat(report().totals(Map.of("strategy", strategy))).isEqualTo(counted);
    BigDecimal protective = book.feesWithout(strategy, rows);
    assertThat(fees.add(protective)).isEqualByComparingTo(book.fees(strategy));
  }

  private void positionsAreTheBooks(TradedBook book) {
    for (Market market : Market.values()) {
      for (String strategy : strategies) {
        String held = account().path("positions").path(market.pair).path(strategy).asText("0");
        assertThat(new BigDecimal(held))
            .as("position of %s in %s", strategy, market.pair)
            .isEqualByComparingTo(book.sums(strategy, market.key).volume);
      }
    }
  }
}
