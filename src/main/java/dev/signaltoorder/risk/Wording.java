package dev.signaltoorder.risk;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;

/** Numbers as a reader of a decision sees them: plain decimals, always with their unit. */
final class Wording {

  static final String UNKNOWN = "unknown";

  /** Senders' texts are repeated no longer than this, in characters. */
  private static final int TEXT_CHARACTERS_MAX = 64;

  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  private Wording() {}

  /** "100.5": no exponent, no trailing zeros. */
  static String number(BigDecimal value) {
    return value.stripTrailingZeros().toPlainString();
  }

  /** "100.5 USD". */
  static String amount(BigDecimal value, String unit) {
    return number(value) + " " + unit;
  }

  /** "1 order", "2 orders". */
  static String count(long number, String one) {
    return number + " " + one + (number == 1 ? "" : "s");
  }

  /** "1.5 %". */
  static String percent(BigDecimal value) {
    return amount(value, "%");
  }

  /**
   * {@code part} in percent of {@code whole}, four decimals, rounded up: a value just over a limit
   * must not read as if it were at the limit.
   *
   * @param whole positive
   */
  static String percentOf(BigDecimal part, BigDecimal whole) {
    return percent(part.multiply(HUNDRED).divide(whole, 4, RoundingMode.CEILING));
  }

  /** "12.25 s"; negative durations keep their sign. */
  static String seconds(Duration duration) {
    BigDecimal seconds =
        BigDecimal.valueOf(duration.getSeconds()).add(BigDecimal.valueOf(duration.getNano(), 9));
    return amount(seconds, "s");
  }

  /** A text that came from outside, shortened. */
  static String shortened(String text) {
    return text.length() <= TEXT_CHARACTERS_MAX
        ? text
        : text.substring(0, TEXT_CHARACTERS_MAX) + "...";
  }
}
