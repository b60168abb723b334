package dev.signaltoorder.risk;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The largest loss: an amount for the quote asset where the rule set names one, else a share of the
 * account's equity.
 */
record LossLimit(BigDecimal percent, Map<String, BigDecimal> amounts) {

  static LossLimit read(Parameters parameters) {
    return new LossLimit(parameters.decimal("percent"), parameters.overrides("limit"));
  }

  /**
   * Quote units, zero or more.
   *
   * @throws UnknownValueException when the equity is needed and not known
   */
  BigDecimal of(Losses losses) {
    BigDecimal amount = amounts.get(losses.quote().toUpperCase(Locale.ROOT));
    if (amount != null) {
      return amount;
    }
    BigDecimal equity = losses.equity();
    if (equity == null || equity.signum() <= 0) {
      throw new UnknownValueException(
          "The account's equity is not known yet, so its limit of a loss cannot be checked.");
    }
    return equity.multiply(percent).movePointLeft(2);
  }

  String text(CheckedInput input) {
    @Nullable BigDecimal amount = amounts.get(input.quoteKey());
    return amount == null
        ? Wording.percent(percent) + " of equity"
        : Wording.amount(amount, input.quote());
  }
}
