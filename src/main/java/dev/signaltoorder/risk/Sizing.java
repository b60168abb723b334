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
 * @param exactVolume before rounding (at most 18 decimals, rounded down), or null when it could not
 *     be computed
 * @param volume rounded down to the pair's lot decimals, or null
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
    @Nullable BigDecimal volume,
    @Nullable String problem) {}
