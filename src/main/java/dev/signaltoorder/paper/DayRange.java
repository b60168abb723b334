package dev.signaltoorder.paper;

import java.math.BigDecimal;

/**
 * The last day in Ticker's terms.
 *
 * @param open first price since 00:00 UTC
 * @param high highest price
 * @param low lowest price
 * @param volume base units traded in 24 h
 */
record DayRange(BigDecimal open, BigDecimal high, BigDecimal low, BigDecimal volume) {}
