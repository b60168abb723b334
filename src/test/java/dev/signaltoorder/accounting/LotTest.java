package dev.signaltoorder.accounting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signaltoorder.accounting.Lot.Sale;
import java.math.BigDecimal;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LotTest {
  private static BigDecimal of(String number) {
    return new BigDecimal(number);
  }

  @Test
  void aSaleTakesItsShareOfTheCost() {
    Sale sale =
        Lot.NOTHING.with(of("1"), of("41")).with(of("1"), of("59")).sell(of("0.5"), of("40"));

    assertThat(sale.result()).isEqualByComparingTo("15");
    assertThat(sale.left().volume()).isEqualByComparingTo("1.5");
    assertThat(sale.left().cost()).isEqualByComparingTo("75");
  }

  @Test
  void ofMoreThanIsHeldOnlyTheHeldShareHasAResult() {
    Sale sale = Lot.NOTHING.with(of("1"), of("50")).sell(of("4"), of("240"));

    assertThat(sale.result()).as("a quarter of 240, less 50").isEqualByComparingTo("10");
    assertThat(sale.left().isNothing()).isTrue();
  }

  @Test
  void whatWasNeverBoughtHasNoResult() {
    assertThat(Lot.NOTHING.sell(of("1"), of("60")))
        .isEqualTo(new Sale(BigDecimal.ZERO, Lot.NOTHING));
  }

  @Test
  void aCostWithoutVolumeIsNotForgotten() {
    Sale sale = Lot.NOTHING.with(BigDecimal.ZERO, of("2")).sell(of("1"), of("60"));

    assertThat(sale.result()).as("a fee without a fill").isEqualByComparingTo("-2");
    assertThat(sale.left().isNothing()).isTrue();
  }

  @Test
  void aSaleWithoutVolumeChangesNothing() {
    Lot lot = Lot.NOTHING.with(of("1"), of("50"));

    assertThat(lot.sell(BigDecimal.ZERO, of("5"))).isEqualTo(new Sale(BigDecimal.ZERO, lot));
  }

  @Test
  void overAnyLifeResultsAndRemainderAddUpToWhatCameInLessWhatWentOut() {
    long seed = 20261125;
    Random random = new Random(seed);
    for (int life = 0; life < 500; life++) {
      Lot lot = Lot.NOTHING;
      BigDecimal results = BigDecimal.ZERO;
      BigDecimal paidIn = BigDecimal.ZERO;
      for (int step = 0; step < 40; step++) {
        BigDecimal volume = BigDecimal.valueOf(1 + random.nextInt(1_000_000), 8);
        BigDecimal money = BigDecimal.valueOf(1 + random.nextInt(1_000_000), 4);
        if (random.nextBoolean() || lot.volume().compareTo(volume) < 0) {
          lot = lot.with(volume, money);
          paidIn = paidIn.add(money);
        } else {
          Sale sale = lot.sell(volume, money);
          lot = sale.left();
          results = results.add(sale.result());
          paidIn = paidIn.subtract(money);
        }
      }
      assertThat(lot.cost().subtract(results))
          .as("life %d, seed %d", life, seed)
          .isEqualByComparingTo(paidIn);
    }
  }
}
