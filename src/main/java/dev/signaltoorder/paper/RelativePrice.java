package dev.signaltoorder.paper;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A price as AddOrder takes it: fixed, or relative to another one.
 *
 * @param sign '+', '-', '#' (the side picks it), or ' ' for a fixed price
 * @param amount without its sign
 * @param percent the amount is a percentage
 */
public record RelativePrice(char sign, BigDecimal amount, boolean percent) {

  private static final Pattern TEXT =
      Pattern.compile("([+#-]?)([0-9]{1,20}(?:\\.[0-9]{1,20})?)(%?)");
  private static final int WORKING_DECIMALS = 12;

  /** Null if the text is no price; a percentage needs a sign. */
  static @Nullable RelativePrice read(String text) {
    Matcher parts = TEXT.matcher(text);
    if (!parts.matches()) {
      return null;
    }
    char sign = parts.group(1).isEmpty() ? ' ' : parts.group(1).charAt(0);
    boolean percent = !parts.group(3).isEmpty();
    return percent && sign == ' '
        ? null
        : new RelativePrice(sign, new BigDecimal(parts.group(2)), percent);
  }

  boolean isFixed() {
    return sign == ' ';
  }

  /** How far it is from a reference price, without sign. */
  BigDecimal distance(BigDecimal reference) {
    return percent
        ? reference
            .multiply(amount)
            .divide(BigDecimal.valueOf(100), WORKING_DECIMALS, RoundingMode.HALF_UP)
        : amount;
  }

  /**
   * The price meant; not rounded to the tick unless fixed.
   *
   * @param upwards what '#' means here
   */
  BigDecimal from(BigDecimal reference, boolean upwards) {
    return switch (sign) {
      case '+' -> reference.add(distance(reference));
      case '-' -> reference.subtract(distance(reference));
      case '#' ->
          upwards ? reference.add(distance(reference)) : reference.subtract(distance(reference));
      default -> amount;
    };
  }

  /** As it was written. */
  String text() {
    return (isFixed() ? "" : String.valueOf(sign)) + amount.toPlainString() + (percent ? "%" : "");
  }
}
