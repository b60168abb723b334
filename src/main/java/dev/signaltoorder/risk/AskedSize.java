package dev.signaltoorder.risk;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * The size that a signal asked for, before the market and the limits made a volume of it: what the
 * same idea, sent again, has in common with the first.
 *
 * @param unit as in {@link Sizing}: BASE, QUOTE, EQUITY_PERCENT, RISK_PERCENT or POSITION
 * @param value the number of that unit, from the signal or the rule set's default; null for
 *     POSITION
 * @param volume base units, before any limit made it smaller
 */
public record AskedSize(String unit, @Nullable BigDecimal value, BigDecimal volume) {

  /** What this sizing began with; null when no volume came of it. */
  public static @Nullable AskedSize of(@Nullable Sizing sizing) {
    BigDecimal volume = sizing == null ? null : sizing.sizedVolume();
    return sizing == null || volume == null
        ? null
        : new AskedSize(sizing.unit(), sizing.requested(), volume);
  }

  /** Whether both name the same number of the same unit; a whole position is no number. */
  boolean sameRequest(AskedSize other) {
    return value != null
        && other.value != null
        && unit.equals(other.unit)
        && value.compareTo(other.value) == 0;
  }

  /** "50 USD", "0.001 BTC", "2 % of equity". */
  String text(CheckedInput input) {
    return value == null ? "the position" : text(unit, value, input);
  }

  /** The same of any size. */
  static String text(String unit, BigDecimal value, CheckedInput input) {
    return switch (unit) {
      case "BASE" -> Wording.amount(value, input.base());
      case "QUOTE" -> Wording.amount(value, input.quote());
      case "EQUITY_PERCENT" -> Wording.percent(value) + " of equity";
      case "RISK_PERCENT" -> Wording.percent(value) + " of equity at risk";
      default -> Wording.amount(value, unit);
    };
  }
}
