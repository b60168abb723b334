package dev.signaltoorder.signal;

import java.math.BigDecimal;

/**
 * How large the sender wants the order.
 *
 * @param unit what {@code value} counts
 * @param value positive; for the percent units in (0, 100]
 */
public record SignalSize(Unit unit, BigDecimal value) {

  /** What the number of a size counts. */
  public enum Unit {
    /** Units of the base asset. */
    BASE,
    /** Units of the quote asset. */
    QUOTE,
    /** Percent of the account's equity in the quote asset. */
    EQUITY_PERCENT,
    /** Percent of equity that is lost if the stop is hit: needs a stop-loss. */
    RISK_PERCENT
  }

  /** Whether it can only be told when the account's equity is known. */
  public boolean needsEquity() {
    return unit == Unit.EQUITY_PERCENT || unit == Unit.RISK_PERCENT;
  }
}
