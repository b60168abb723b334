package dev.signaltoorder.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signaltoorder.report.RefusedTrades.Plan;
import dev.signaltoorder.report.RefusedTrades.Price;
import dev.signaltoorder.report.RuleCosts.Rule;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RefusedTradesTest {
  private static final Instant TEN = Instant.parse("2026-11-23T10:00:00Z");
  private static final Duration HOUR = Duration.ofHours(1);

  private final RefusedTrades trades = new RefusedTrades(HOUR);

  private static Price price(Duration after, String bid, String ask) {
    return new Price("BTC/USD", TEN.plus(after), new BigDecimal(bid), new BigDecimal(ask));
  }

  private static Plan market(boolean buy, String volume) {
    return new Plan(buy, new BigDecimal(volume), null, false);
  }

  private static Plan limit(boolean buy, String limit, boolean rests) {
    return new Plan(buy, BigDecimal.ONE, new BigDecimal(limit), rests);
  }

  private void refusedAtTen(@Nullable Plan plan, String... rules) {
    trades.refused(TEN, List.of(rules), plan, price(Duration.ZERO, "100", "102"));
  }

  private Rule only() {
    List<Rule> rules = trades.costs().byRule();
    assertThat(rules).hasSize(1);
    return rules.getFirst();
  }

  @Test
  void aBuyPaysTheAskAndIsWorthTheBidAtTheFirstPriceFromTheHorizonOn() {
    refusedAtTen(market(true, "0.5"), "spread");
    trades.price(price(HOUR.minusNanos(1), "500", "501"));
    trades.price(price(HOUR, "107.1", "108"));
    trades.price(price(HOUR.plusMinutes(1), "900", "901"));

    Rule spread = only();

    assertThat(spread.judged()).isEqualTo(1);
    assertThat(spread.resultBps().mean()).as("(107.1 - 102) / 102").isEqualTo("500");
    assertThat(spread.money().get("USD")).isEqualTo(new RuleCosts.Money("2.55", "0", "-2.55"));
  }

  @Test
  void aSaleEarnsTheBidAndIsBoughtBackAtTheAsk() {
    refusedAtTen(market(false, "2"), "spread");
    trades.price(price(HOUR, "100", "103"));

    Rule spread = only();

    assertThat(spread.resultBps().p50()).isEqualTo("-300");
    assertThat(spread.money().get("USD")).isEqualTo(new RuleCosts.Money("0", "6", "6"));
  }

  @Test
  void winnersAndLosersAreAddedUpApart() {
    refusedAtTen(market(true, "1"), "depth");
    refusedAtTen(market(false, "1"), "depth");
    refusedAtTen(market(true, "1"), "depth");
    trades.price(price(HOUR, "110", "111"));

    Rule depth = only();

    assertThat(depth.judged()).isEqualTo(3);
    assertThat(depth.money().get("USD"))
        .as("twice 110 - 102; 100 - 111")
        .isEqualTo(new RuleCosts.Money("16", "11", "-5"));
    assertThat(depth.resultBps().count()).isEqualTo(3);
    assertThat(depth.resultBps().buckets().getFirst().count()).as("below -100 bps").isEqualTo(1);
    assertThat(depth.resultBps().buckets().getLast().count()).as("from 100 bps on").isEqualTo(2);
  }

  @Test
  void aRestingLimitTradesAtItsPriceOnceAKnownPriceReachesIt() {
    refusedAtTen(limit(true, "99", true), "price-collar");
    refusedAtTen(limit(true, "97", true), "price-collar");
    refusedAtTen(limit(false, "104", true), "price-collar");
    trades.price(price(Duration.ofMinutes(5), "97", "98"));
    trades.price(price(Duration.ofMinutes(6), "104", "105"));
    trades.price(price(HOUR, "100", "101"));

    Rule collar = only();

    assertThat(collar.judged()).isEqualTo(2);
    assertThat(collar.unfilled()).as("nobody offered at 97").isEqualTo(1);
    assertThat(collar.money().get("USD"))
        .as("100 - 99 and 104 - 101")
        .isEqualTo(new RuleCosts.Money("4", "0", "-4"));
  }

  @Test
  void whatDoesNotRestTradesAtOnceOrNever() {
    refusedAtTen(limit(true, "101", false), "spread");
    refusedAtTen(limit(true, "102", false), "spread");
    trades.price(price(Duration.ofMinutes(5), "90", "91"));
    trades.price(price(HOUR, "103", "104"));

    Rule spread = only();

    assertThat(spread.unfilled()).isEqualTo(1);
    assertThat(spread.judged()).isEqualTo(1);
    assertThat(spread.money().get("USD")).isEqualTo(new RuleCosts.Money("1", "0", "-1"));
  }

  @Test
  void whatCannotBeJudgedIsCountedAndNotGuessed() {
    trades.refused(TEN, List.of("stale-price"), null, null);
    refusedAtTen(null, "stale-price");
    refusedAtTen(market(true, "0"), "stale-price");
    refusedAtTen(market(true, "1"), "stale-price");
    trades.price(price(HOUR.multipliedBy(2), "500", "501"));
    trades.refused(
        TEN.plus(HOUR), List.of("stale-price"), market(true, "1"), price(HOUR, "1", "1"));

    Rule stale = only();

    assertThat(stale.alone()).isEqualTo(5);
    assertThat(stale.noOrder()).isEqualTo(3);
    assertThat(stale.noLaterPrice()).as("too late, and none at all").isEqualTo(2);
    assertThat(stale.judged()).isZero();
    assertThat(stale.money()).isEmpty();
    assertThat(stale.resultBps()).isEqualTo(Spread.NONE);
  }

  @Test
  void whatSeveralRulesRefusedIsNoSingleOnesCost() {
    refusedAtTen(market(true, "1"), "depth", "spread");
    trades.price(price(HOUR, "110", "111"));

    RuleCosts costs = trades.costs();

    assertThat(costs.refused()).isEqualTo(1);
    assertThat(costs.bySeveral()).isEqualTo(1);
    assertThat(costs.byRule()).extracting(Rule::rule).containsExactly("depth", "spread");
    assertThat(costs.byRule()).allSatisfy(rule -> assertThat(rule.refused()).isEqualTo(1));
    assertThat(costs.byRule()).allSatisfy(rule -> assertThat(rule.alone()).isZero());
  }

  @Test
  void anotherPairsPriceSaysNothing() {
    refusedAtTen(market(true, "1"), "depth");
    trades.price(new Price("ETH/USD", TEN.plus(HOUR), BigDecimal.ONE, BigDecimal.ONE));

    assertThat(only().noLaterPrice()).isEqualTo(1);
  }

  @Test
  void everyRefusalEndsInExactlyOneCount() {
    Random random = new Random(20261125);
    for (int i = 0; i < 5_000; i++) {
      Duration after = Duration.ofSeconds(10L * i);
      String bid = Integer.toString(90 + random.nextInt(20));
      Price price =
          new Price(
              "BTC/USD",
              TEN.plus(after),
              new BigDecimal(bid),
              new BigDecimal(bid).add(new BigDecimal("0.5")));
      trades.price(price);
      if (random.nextInt(3) == 0) {
        BigDecimal limit =
            random.nextBoolean() ? null : BigDecimal.valueOf(90 + random.nextInt(20));
        Plan plan = new Plan(random.nextBoolean(), BigDecimal.ONE, limit, random.nextBoolean());
        trades.refused(TEN.plus(after), List.of("spread"), plan, price);
      }
    }

    Rule spread = only();

    assertThat(spread.noOrder() + spread.noLaterPrice() + spread.unfilled() + spread.judged())
        .isEqualTo(spread.alone());
    assertThat(spread.noLaterPrice()).as("of the last hour").isBetween(1L, 360L);
    assertThat(spread.unfilled()).isPositive();
    assertThat(spread.resultBps().buckets().stream().mapToLong(Spread.Bucket::count).sum())
        .isEqualTo(spread.judged());
  }
}
