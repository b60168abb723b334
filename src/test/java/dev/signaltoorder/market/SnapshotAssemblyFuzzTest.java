package dev.signaltoorder.market;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signaltoorder.market.SnapshotAssembly.Assembled;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * Damages good answers at random. Whatever comes, there is either a snapshot that says exactly what
 * the answers say, or none: judged by a second reading of the same answers, written differently.
 */
class SnapshotAssemblyFuzzTest {

  private static final int ROUNDS = 20_000;
  private static final String KEY = "XXBTZUSD";
  private static final List<String> VALUES =
      List.of(
          "null",
          "0",
          "\"0.00000\"",
          "\"\"",
          "\" 1\"",
          "\"abc\"",
          "\"-30300.1\"",
          "-1",
          "1e300",
          "1e-300",
          "\"1e400\"",
          "\"1e-999999999\"",
          "\"NaN\"",
          "\"Infinity\"",
          "true",
          "{}",
          "[]",
          "[\"30300.05\", \"1\"]",
          "\"30300.05\"",
          "30300.05",
          "\"1e3\"",
          "\"0.1\"",
          "\"" + "9".repeat(5_000) + "\"",
          "\"99999999999999999999\"");

  private final PairCatalog catalog = MarketBodies.catalog();
  private final PairRules pair = MarketBodies.btcUsd();

  @Test
  void everySnapshotOfDamagedAnswersIsStillTrueAndEveryRefusalHasAReason() {
    long seed = System.nanoTime();
    System.out.println("SnapshotAssemblyFuzzTest seed " + seed);
    var random = new Random(seed);
    int complete = 0;
    for (int round = 0; round < ROUNDS; round++) {
      JsonNode tickers = MarketBodies.ticker(KEY);
      JsonNode depth = MarketBodies.depth(KEY);
      for (int damages = random.nextInt(4); damages > 0; damages--) {
        damage(random.nextBoolean() ? tickers : depth, random);
      }

      Assembled assembled =
          SnapshotAssembly.assemble(
              new SnapshotAssembly.Parts(
                  pair, tickers, true, depth, MarketBodies.online(), Instant.EPOCH, "kraken"),
              catalog,
              new UUID(0, round));

      String which = "seed %d round %d: %s %s".formatted(seed, round, tickers, depth);
      Optional<Expected> expected = expected(tickers.path(KEY), depth.path(KEY));
      switch (assembled) {
        case Assembled.Complete done -> {
          complete++;
          assertThat(expected).as(which).isPresent();
          assertMatches(done.snapshot(), expected.orElseThrow(), which);
        }
        case Assembled.Incomplete refused -> {
          assertThat(expected).as(which).isEmpty();
          assertThat(refused.problems()).as(which).isNotEmpty().doesNotContain("");
        }
      }
    }
    assertThat(complete).as("seed " + seed).isBetween(ROUNDS / 5, ROUNDS * 4 / 5);
  }

  private static void damage(JsonNode root, Random random) {
    var places = new ArrayList<Runnable>();
    collect(root, MarketBodies.json(VALUES.get(random.nextInt(VALUES.size()))), random, places);
    if (!places.isEmpty()) {
      places.get(random.nextInt(places.size())).run();
    }
  }

  private static void collect(JsonNode node, JsonNode value, Random random, List<Runnable> places) {
    boolean removes = random.nextInt(4) == 0;
    if (node instanceof ObjectNode object) {
      // The response key itself stays: other tests look after it.
      for (String name : names(object)) {
        if (!name.equals(KEY)) {
          places.add(() -> change(object, name, value, removes));
        }
        collect(object.path(name), value, random, places);
      }
    } else if (node instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        int index = i;
        places.add(() -> change(array, index, value, removes));
        collect(array.path(i), value, random, places);
      }
    }
  }

  private static List<String> names(ObjectNode object) {
    var names = new ArrayList<String>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static void change(ObjectNode object, String name, JsonNode value, boolean removes) {
    if (removes) {
      object.remove(name);
    } else {
      object.set(name, value);
    }
  }

  private static void change(ArrayNode array, int index, JsonNode value, boolean removes) {
    if (removes) {
      array.remove(index);
    } else {
      array.set(index, value);
    }
  }

  private record Expected(
      double bid, double ask, double last, double volume, double vwap, double bids, double asks) {}

  /** The second reading: doubles, which are near enough to tell right from wrong. */
  private static Optional<Expected> expected(JsonNode ticker, JsonNode depth) {
    double ask = number(ticker.path("a").path(0));
    double bid = number(ticker.path("b").path(0));
    double last = number(ticker.path("c").path(0));
    double volume = number(ticker.path("v").path(1));
    double vwap = number(ticker.path("p").path(1));
    double mid = (bid + ask) / 2;
    double bestBid = 0;
    double bestAsk = Double.MAX_VALUE;
    double bids = 0;
    double asks = 0;
    boolean sound = ask > 0 && bid > 0 && last > 0 && volume > 0 && vwap > 0 && ask >= bid;
    for (JsonNode row : depth.path("bids")) {
      double price = number(row.path(0));
      double amount = number(row.path(1));
      sound &= price > 0 && amount > 0;
      bestBid = Math.max(bestBid, price);
      bids += price >= mid * 0.995 ? price * amount : 0;
    }
    for (JsonNode row : depth.path("asks")) {
      double price = number(row.path(0));
      double amount = number(row.path(1));
      sound &= price > 0 && amount > 0;
      bestAsk = Math.min(bestAsk, price);
      asks += price <= mid * 1.005 ? price * amount : 0;
    }
    sound &= depth.path("bids").isArray() && !depth.path("bids").isEmpty();
    sound &= depth.path("asks").isArray() && !depth.path("asks").isEmpty();
    sound &= bestAsk >= bestBid && bestBid <= ask * 1.005 && bestAsk >= bid * 0.995;
    return sound
        ? Optional.of(new Expected(bid, ask, last, volume, vwap, bids, asks))
        : Optional.empty();
  }

  /** Above zero, or -1 for what is no sensible number. */
  private static double number(JsonNode node) {
    if (!node.isNumber() && !(node.isTextual() && node.textValue().matches("[0-9.e]{1,30}"))) {
      return -1;
    }
    double value = Double.parseDouble(node.isNumber() ? node.toString() : node.textValue());
    return value < 1e24 && value > 1e-24 ? value : -1;
  }

  private static void assertMatches(MarketSnapshot snapshot, Expected expected, String which) {
    assertNear(snapshot.bid(), expected.bid(), which);
    assertNear(snapshot.ask(), expected.ask(), which);
    assertNear(snapshot.last(), expected.last(), which);
    assertNear(snapshot.volume24h(), expected.volume(), which);
    assertNear(snapshot.vwap24h(), expected.vwap(), which);
    assertNear(snapshot.bidDepth(), expected.bids(), which);
    assertNear(snapshot.askDepth(), expected.asks(), which);
    double mid = (expected.bid() + expected.ask()) / 2;
    assertNear(snapshot.mid(), mid, which);
    assertThat(snapshot.spreadBps().doubleValue())
        .as(which)
        .isCloseTo(
            (expected.ask() - expected.bid()) / mid * 10_000,
            org.assertj.core.data.Offset.offset(0.0001));
  }

  private static void assertNear(BigDecimal actual, double expected, String which) {
    double off = Math.abs(actual.doubleValue() - expected);
    assertThat(off).as(which).isLessThanOrEqualTo(Math.abs(expected) * 1e-9);
  }
}
