package dev.signaltoorder.kraken;

import java.math.BigDecimal;

/**
 * A pair as the {@code instrument} channel shows it.
 *
 * @param symbol modern name, "BTC/USD"
 * @param status online, cancel_only, post_only, limit_only, reduce_only, maintenance, delisted, ...
 * @param pricePrecision decimals of a price
 * @param quantityPrecision decimals of a volume
 * @param priceIncrement a price is a multiple of this
 * @param quantityMin least volume of an order, base units
 */
public record FeedInstrument(
    String symbol,
    String status,
    int pricePrecision,
    int quantityPrecision,
    BigDecimal priceIncrement,
    BigDecimal quantityMin) {}
