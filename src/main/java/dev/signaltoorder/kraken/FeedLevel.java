package dev.signaltoorder.kraken;

import java.math.BigDecimal;

/**
 * One price level of a book.
 *
 * @param price quote per base unit, above zero
 * @param volume base units, above zero
 */
public record FeedLevel(BigDecimal price, BigDecimal volume) {}
