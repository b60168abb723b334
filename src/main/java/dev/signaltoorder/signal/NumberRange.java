package dev.signaltoorder.signal;

import java.math.BigDecimal;

/** The ranges in which the numbers of a signal make sense. */
enum NumberRange {
  POSITIVE("a number above 0"),
  NOT_NEGATIVE("a number not below 0"),
  /** Part of a whole, (0, 1]. */
  SHARE("a number above 0, at most 1"),
  /** [0, 1]. */
  ZERO_TO_ONE("a number from 0 to 1"),
  /** (0, 100]. */
  PERCENT("a number above 0, at most 100");

  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  private final String description;

  NumberRange(String description) {
    this.description = description;
  }

  String description() {
    return description;
  }

  boolean contains(BigDecimal number) {
    return switch (this) {
      case POSITIVE -> number.signum() > 0;
      case NOT_NEGATIVE -> number.signum() >= 0;
      case SHARE -> number.signum() > 0 && number.compareTo(BigDecimal.ONE) <= 0;
      case ZERO_TO_ONE -> number.signum() >= 0 && number.compareTo(BigDecimal.ONE) <= 0;
      case PERCENT -> number.signum() > 0 && number.compareTo(HUNDRED) <= 0;
    };
  }
}
