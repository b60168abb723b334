package dev.signaltoorder.signal;

import java.math.BigDecimal;

/**
 * The price range in which a sender wants to enter.
 *
 * @param low lower edge, quote currency per base unit, positive
 * @param high upper edge, same unit, not below {@code low}
 */
public record EntryZone(BigDecimal low, BigDecimal high) {}
