package dev.signaltoorder.risk;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * How the volume of a plan came about; enough to compute it again.
 *
 * @param unit BASE, QUOTE, EQUITY_PERCENT, RISK_PERCENT or POSITION (a CLOSE)
 * @param requested the number of that unit, from the signal or the rule set's default; null for
 *     POSITION
 * @param fromDefault true when the signal named no size
 * @param price the reference price used, or null
 * @param equity the account's equity in the quote asset, where the unit needs it
 * @param stopDistance |reference price - stop|, where the unit needs it
 * @param exactVolume before scaling and rounding (at most 18 decimals, rounded down), or null when
 *     it could not be computed
 * @param scalePercent share of it that the rule set asks for, from the signal's confidence; null
 *     when it does not scale
 * @param sizedVolume {@code exactVolume} after scaling, rounded down to the pair's lot decimals, or
 *     null
 * @param cappedBy the rule whose limit made the volume smaller than {@code sizedVolume}, or null
 * @param volume what the order has: {@code sizedVolume}, or the largest volume that all limits
 *     allow, rounded down; or null
 * @param problem why no volume could be computed, in the trader's words, or null
 */
public record Sizing(
    String unit,
    @Nullable BigDecimal requested,
    boolean fromDefault,
    @Nullable BigDecimal price,
    @Nullable BigDecimal equity,
    @Nullable BigDecimal stopDistance,
    @Nullable BigDecimal exactVolume,
    @Nullable BigDecimal scalePercent,
    @Nullable BigDecimal sizedVolume,
    @Nullable String cappedBy,
    @Nullable BigDecimal volume,
    @Nullable String problem) {

  /** The same size, scaled: {@code scaled} is what came of it. */
  Sizing scaledTo(BigDecimal percent, BigDecimal scaled) {
    return new Sizing(
        unit,
        requested,
        fromDefault,
        price,
        equity,
        stopDistance,
        exactVolume,
        percent,
        scaled,
        null,
        scaled,
        problem);
  }

  /** The same size, made smaller by the limit of a rule. */
  Sizing cappedTo(BigDecimal most, String rule) {
    return new Sizing(
        unit,
        requested,
        fromDefault,
        price,
        equity,
        stopDistance,
        exactVolume,
        scalePercent,
        sizedVolume,
        rule,
        most,
        problem);
  }
}
