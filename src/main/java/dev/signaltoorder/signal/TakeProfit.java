package dev.signaltoorder.signal;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * One target of a signal.
 *
 * @param price target price, quote currency per base unit, positive
 * @param share part of the position to close there, in (0, 1]; null when the sender named none
 */
public record TakeProfit(BigDecimal price, @Nullable BigDecimal share) {}
