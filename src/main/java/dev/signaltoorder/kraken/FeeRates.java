package dev.signaltoorder.kraken;

import java.math.BigDecimal;
import java.util.Map;

/**
 * What the account really pays, as TradeVolume shows it; AssetPairs shows only Kraken's default.
 *
 * @param currency of the volume, "ZUSD"
 * @param volume traded in 30 days, in that currency
 * @param takerPercent per cent by pair id
 * @param makerPercent per cent by pair id; a pair without a rate of its own pays the taker's
 */
public record FeeRates(
    String currency,
    BigDecimal volume,
    Map<String, BigDecimal> takerPercent,
    Map<String, BigDecimal> makerPercent) {}
