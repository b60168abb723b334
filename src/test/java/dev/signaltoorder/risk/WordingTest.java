package dev.signaltoorder.risk;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordingTest {

  @ParameterizedTest
  @CsvSource({"100.50, 100.5", "1E+3, 1000", "0.000, 0", "-0.10, -0.1"})
  void numbersHaveNoExponentAndNoTrailingZeros(BigDecimal value, String text) {
    assertThat(Wording.number(value)).isEqualTo(text);
    assertThat(Wording.amount(value, "USD")).isEqualTo(text + " USD");
    assertThat(Wording.percent(value)).isEqualTo(text + " %");
  }

  @ParameterizedTest
  @CsvSource({"1, 3, 33.3334 %", "1, 4, 25 %", "0, 4, 0 %", "10000001, 1000000000, 1.0001 %"})
  void aShareIsRoundedUp(BigDecimal part, BigDecimal whole, String text) {
    assertThat(Wording.percentOf(part, whole)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"PT12.25S, 12.25 s", "PT-0.5S, -0.5 s", "PT0S, 0 s", "PT1H0.000001S, 3600.000001 s"})
  void durationsAreSecondsAndKeepTheirSign(Duration duration, String text) {
    assertThat(Wording.seconds(duration)).isEqualTo(text);
  }

  @Test
  void aTextOf64CharactersIsRepeatedAsItIsAndALongerOneIsCut() {
    String longest = "x".repeat(64);

    assertThat(Wording.shortened("")).isEmpty();
    assertThat(Wording.shortened(longest)).isEqualTo(longest);
    assertThat(Wording.shortened(longest + "y")).isEqualTo(longest + "...");
  }
}
