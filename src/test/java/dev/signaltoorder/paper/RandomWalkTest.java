package dev.signaltoorder.paper;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RandomWalkTest {

  private static final Pair BTC_USD = Pairs.standard().get("XXBTZUSD");

  private static List<Quote> walk(long seed, Duration step, int steps) {
    SteppedClock clock = new SteppedClock();
    RandomWalk walk = new RandomWalk(seed, clock);
    List<Quote> quotes = new ArrayList<>();
    for (int i = 0; i < steps; i++) {
      quotes.add(walk.quote(BTC_USD));
      clock.advance(step);
    }
    return quotes;
  }

  private static long printedSeed() {
    long seed = new Random().nextLong();
    System.out.println("seed " + seed);
    return seed;
  }

  @Test
  void theSameSeedGivesTheSamePrices() {
    long seed = printedSeed();

    assertThat(walk(seed, Duration.ofSeconds(1), 500))
        .isEqualTo(walk(seed, Duration.ofSeconds(1), 500));
  }

  @Test
  void anotherSeedGivesOtherPrices() {
    long seed = printedSeed();

    assertThat(walk(seed, Duration.ofMinutes(1), 10))
        .isNotEqualTo(walk(seed + 1, Duration.ofMinutes(1), 10));
  }

  @Test
  void aPriceDoesNotDependOnHowOftenOneLooks() {
    long seed = printedSeed();

    assertThat(walk(seed, Duration.ofSeconds(60), 11).getLast())
        .isEqualTo(walk(seed, Duration.ofSeconds(1), 601).getLast());
  }

  @Test
  void stepsAreSmallAndThePriceDoesMove() {
    List<Quote> quotes = walk(printedSeed(), Duration.ofSeconds(1), 2_000);

    for (int i = 1; i < quotes.size(); i++) {
      BigDecimal step = quotes.get(i).mid().subtract(quotes.get(i - 1).mid()).abs();
      assertThat(bps(step, quotes.get(i).mid())).isLessThan(new BigDecimal("5"));
    }
    assertThat(quotes.stream().map(Quote::mid).distinct()).hasSizeGreaterThan(100);
  }

  @Test
  void theSpreadIsOneToTwoBasisPoints() {
    for (Quote quote : walk(printedSeed(), Duration.ofHours(7), 500)) {
      assertThat(bps(quote.ask().subtract(quote.bid()), quote.mid()))
          .isBetween(new BigDecimal("1"), new BigDecimal("2"));
    }
  }

  @Test
  void everyPairIsOnItsTick() {
    SteppedClock clock = new SteppedClock();
    RandomWalk walk = new RandomWalk(printedSeed(), clock);
    for (Pair pair : Pairs.standard().all()) {
      Quote quote = walk.quote(pair);

      assertThat(pair.onTick(quote.bid()) && pair.onTick(quote.ask())).as(pair.key()).isTrue();
      assertThat(quote.last()).isBetween(quote.bid(), quote.ask());
    }
  }

  @Test
  void crossPairsAgreeWithEachOther() {
    RandomWalk walk = new RandomWalk(printedSeed(), new SteppedClock());
    Pairs pairs = Pairs.standard();

    BigDecimal ethInBtc = walk.quote(pairs.get("XETHXXBT")).mid();

    BigDecimal quotient =
        walk.quote(pairs.get("XETHZUSD"))
            .mid()
            .divide(walk.quote(BTC_USD).mid(), 10, RoundingMode.HALF_UP);
    // The middle of rounded prices is at most a tick off, and a tick is several basis points where
    // years of walking have led low.
    BigDecimal tick = bps(pairs.get("XETHXXBT").tickSize(), quotient);
    assertThat(bps(ethInBtc.subtract(quotient).abs(), quotient))
        .isLessThan(tick.add(BigDecimal.ONE));
  }

  private static BigDecimal bps(BigDecimal part, BigDecimal whole) {
    return part.multiply(BigDecimal.valueOf(10_000)).divide(whole, 6, RoundingMode.HALF_UP);
  }
}
