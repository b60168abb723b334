package dev.signaltoorder.market;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PriceRoundingTest {

  @ParameterizedTest
  @CsvSource({
    "1, 0.1, 67350.09, 67350.0, 67350.1",
    "1, 0.1, 67350.1, 67350.1, 67350.1",
    "1, 0.5, 67350.7, 67350.5, 67351.0",
    "0, 5, 67352, 67350, 67355",
    "2, 0.01000, 1.239, 1.23, 1.24",
    "1, 0.25, 10.3, 10.0, 10.5",
    "1, 0.1, 0.05, 0.0, 0.1"
  })
  void roundsAPriceToTheTickOnEitherSide(
      int decimals, String tick, String price, String down, String up) {
    PairRules rules = MarketBodies.rules(decimals, 8, tick);

    assertThat(PriceRounding.priceDown(new BigDecimal(price), rules))
        .isEqualTo(new BigDecimal(down));
    assertThat(PriceRounding.priceUp(new BigDecimal(price), rules)).isEqualTo(new BigDecimal(up));
  }

  @Test
  void everyRoundedPriceMeetsBothOfKrakensPriceRulesAndIsTheNearestThatDoes() {
    long seed = System.nanoTime();
    var random = new Random(seed);
    for (int round = 0; round < 5_000; round++) {
      int decimals = random.nextInt(9);
      var tick = new BigDecimal("0.1").pow(random.nextInt(9));
      tick = tick.multiply(BigDecimal.valueOf(new int[] {1, 2, 5, 25}[random.nextInt(4)]));
      PairRules rules = MarketBodies.rules(decimals, 8, tick.toPlainString());
      var price = BigDecimal.valueOf(random.nextLong(1, 1L << 50), random.nextInt(13));

      BigDecimal down = PriceRounding.priceDown(price, rules);
      BigDecimal up = PriceRounding.priceUp(price, rules);

      String which = "seed %d: %s, tick %s, %d decimals".formatted(seed, price, tick, decimals);
      for (BigDecimal rounded : new BigDecimal[] {down, up}) {
        assertThat(rounded.remainder(tick)).as(which).isEqualByComparingTo("0");
        assertThat(rounded.stripTrailingZeros().scale()).as(which).isLessThanOrEqualTo(decimals);
        assertThat(PriceRounding.isOnTick(rounded, rules)).as(which).isTrue();
      }
      assertThat(down).as(which).isLessThanOrEqualTo(price);
      assertThat(up).as(which).isGreaterThanOrEqualTo(price);
      BigDecimal gap = up.subtract(down);
      assertThat(gap.signum() == 0 || gap.compareTo(PriceRounding.priceStep(rules)) == 0)
          .as(which)
          .isTrue();
      assertThat(PriceRounding.isOnTick(price, rules)).as(which).isEqualTo(gap.signum() == 0);
    }
  }

  @ParameterizedTest
  @CsvSource({"0.1,true", "0.10,true", "0.15,false", "100,true", "0.05,false"})
  void knowsAPriceOnTheTick(String price, boolean onTick) {
    assertThat(PriceRounding.isOnTick(new BigDecimal(price), MarketBodies.rules(1, 8, "0.1")))
        .isEqualTo(onTick);
  }

  @ParameterizedTest
  @CsvSource({"1.123456789,1.12345678", "0.000000009,0.00000000", "2,2.00000000"})
  void roundsAVolumeDownOnly(String volume, String rounded) {
    PairRules rules = MarketBodies.rules(1, 8, "0.1");

    BigDecimal down = PriceRounding.volumeDown(new BigDecimal(volume), rules);

    assertThat(down)
        .isEqualTo(new BigDecimal(rounded))
        .isEqualTo(new BigDecimal(volume).setScale(8, RoundingMode.DOWN));
    assertThat(PriceRounding.fitsLot(down, rules)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"0.12345678,true", "0.123456780,true", "0.123456789,false", "1e2,true"})
  void knowsAVolumeThatFitsTheLot(String volume, boolean fits) {
    PairRules rules = MarketBodies.rules(1, 8, "0.1");

    assertThat(PriceRounding.fitsLot(new BigDecimal(volume), rules)).isEqualTo(fits);
  }

  @ParameterizedTest
  @CsvSource({
    "5000,0.0001,true",
    "5000,0.00009999,false",
    "4999.9,0.0001,false",
    "100000,0.00009,false",
    "1,0.5,true"
  })
  void knowsBothMinimums(String price, String volume, boolean meets) {
    PairRules rules = MarketBodies.rules(1, 8, "0.1");

    assertThat(PriceRounding.meetsMinimums(new BigDecimal(price), new BigDecimal(volume), rules))
        .isEqualTo(meets);
  }
}
