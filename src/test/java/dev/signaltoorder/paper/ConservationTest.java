package dev.signaltoorder.paper;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random order flow of two accounts: money is neither made nor lost, and no balance is below zero.
 */
class ConservationTest {

  private static final int STEPS = 600;
  private static final List<String> TYPES =
      List.of(
          "market",
          "limit",
          "limit",
          "iceberg",
          "stop-loss",
          "take-profit",
          "stop-loss-limit",
          "take-profit-limit",
          "trailing-stop",
          "trailing-stop-limit");

  @Test
  void balancesAreOpeningsPlusFillsWhateverIsOrdered(@TempDir Path folder) {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    SteppedClock clock = new SteppedClock();
    SimulatedExchange exchange = exchange(clock, null);
    List<PaperAccount> accounts =
        List.of(exchange.createAccount("alice"), exchange.createAccount("bob"));
    int accepted = 0;
    for (int step = 1; step <= STEPS; step++) {
      int price = 45_000 + random.nextInt(10_000);
      if (random.nextInt(4) == 0) {
        exchange.setBook("BTC/USD", price + ".0", volume(random), price + ".1", volume(random));
      } else if (random.nextInt(4) == 0) {
        exchange.setPrice("BTC/USD", price + ".0", price + ".1");
      }
      clock.advance(Duration.ofMillis(random.nextInt(3_000)));
      PaperAccount account = accounts.get(random.nextInt(2));
      String endpoint = random.nextInt(12) == 0 ? "CancelAll" : "AddOrder";
      String answer = call(exchange, account, endpoint, step, order(random, endpoint));
      accepted += answer.contains("txid") ? 1 : 0;
      if (step % 20 == 0) {
        check(exchange, seed);
      }
    }
    assertThat(accepted).as("accepted orders, seed %d", seed).isGreaterThan(STEPS / 10);
    assertThat(exchange.trades()).as("fills, seed %d", seed).isNotEmpty();

    StateFile file = new StateFile(folder.resolve("book.json"));
    exchange.saveTo(file);
    SimulatedExchange restarted = exchange(clock, file);

    assertThat(restarted.orders()).isEqualTo(exchange.orders());
    assertThat(restarted.trades()).isEqualTo(exchange.trades());
    check(restarted, seed);
  }

  private static SimulatedExchange exchange(SteppedClock clock, @Nullable StateFile file) {
    return new SimulatedExchange(
        clock, Pairs.standard(), new RandomWalk(42, clock), PaperSettings.DEFAULT_BALANCES, file);
  }

  private static String volume(Random random) {
    return random.nextInt(3) == 0 ? "0" : "0." + (1 + random.nextInt(9));
  }

  private static String order(Random random, String endpoint) {
    if (endpoint.equals("CancelAll")) {
      return "";
    }
    String type = TYPES.get(random.nextInt(TYPES.size()));
    List<String> fields = new ArrayList<>();
    fields.add("pair=XBTUSD&ordertype=" + type);
    fields.add("type=" + (random.nextBoolean() ? "buy" : "sell"));
    fields.add("volume=0.0" + (1 + random.nextInt(99)));
    String price = (45_000 + random.nextInt(10_000)) + "." + random.nextInt(10);
    fields.add("price=" + (type.startsWith("trailing") ? "%2B" + random.nextInt(900) : price));
    fields.add("price2=" + (type.startsWith("trailing") ? "-" + random.nextInt(900) : price));
    if (type.equals("iceberg")) {
      fields.add("displayvol=0.02");
    }
    if (type.equals("limit")) {
      fields.add("timeinforce=" + List.of("GTC", "IOC", "FOK").get(random.nextInt(3)));
    }
    fields.add(
        "stptype="
            + List.of("cancel-newest", "cancel-oldest", "cancel-both").get(random.nextInt(3)));
    if (random.nextInt(5) == 0) {
      fields.add("close[ordertype]=limit&close[price]=%23" + random.nextInt(5) + "%25");
    }
    return "&" + String.join("&", fields);
  }

  private static String call(
      SimulatedExchange exchange, PaperAccount account, String endpoint, int nonce, String body) {
    String path = "/0/private/" + endpoint;
    String text = "nonce=" + nonce + body;
    return exchange
        .answer(
            new ApiRequest(
                "POST",
                path,
                "",
                null,
                account.apiKey(),
                TestTrader.sign(account.apiSecret(), path, Integer.toString(nonce), text),
                text.getBytes(java.nio.charset.StandardCharsets.UTF_8)),
            Duration.ZERO)
        .toString();
  }

  private static void check(SimulatedExchange exchange, long seed) {
    for (String account : List.of("alice", "bob")) {
      BigDecimal dollars = Objects.requireNonNull(PaperSettings.DEFAULT_BALANCES.get("ZUSD"));
      BigDecimal coins = Objects.requireNonNull(PaperSettings.DEFAULT_BALANCES.get("XXBT"));
      for (PaperTrade trade : exchange.trades()) {
        if (!trade.account().equals(account)) {
          continue;
        }
        boolean buy =
            exchange.orders().stream()
                .filter(order -> order.txid().equals(trade.txid()))
                .anyMatch(order -> order.terms().side() == OrderSide.BUY);
        coins = buy ? coins.add(trade.volume()) : coins.subtract(trade.volume());
        dollars =
            (buy ? dollars.subtract(trade.cost()) : dollars.add(trade.cost()))
                .subtract(trade.fee());
      }
      assertThat(exchange.balance(account, "ZUSD"))
          .as("seed %d", seed)
          .isEqualByComparingTo(dollars);
      assertThat(exchange.balance(account, "XXBT")).as("seed %d", seed).isEqualByComparingTo(coins);
      for (String asset : List.of("ZUSD", "XXBT")) {
        assertThat(exchange.held(account, asset))
            .as("held %s of %s, seed %d", asset, account, seed)
            .isBetween(BigDecimal.ZERO, exchange.balance(account, asset));
      }
    }
    for (PaperOrder order : exchange.orders()) {
      assertThat(order.volumeExecuted()).isLessThanOrEqualTo(order.terms().volume());
    }
  }
}
