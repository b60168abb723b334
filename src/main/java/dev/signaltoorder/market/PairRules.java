package dev.signaltoorder.market;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What Kraken's AssetPairs says about one pair. Only pairs with every field needed for trading
 * become {@code PairRules}; the catalogue keeps the reason for the others.
 *
 * @param symbol modern name, "BTC/USD": the name used in our records
 * @param altname "XBTUSD": the name sent in AddOrder, Ticker and Depth
 * @param key the response key, "XXBTZUSD"
 * @param wsname "XBT/USD"
 * @param base asset id of the base, "XXBT": the key in balances
 * @param quote asset id of the quote, "ZUSD"
 * @param priceDecimals most decimals of a price
 * @param lotDecimals most decimals of a volume
 * @param costDecimals most decimals of a cost
 * @param tickSize a price is a multiple of this
 * @param orderMin least volume, base units
 * @param costMin least price times volume, quote units
 * @param status "online", "cancel_only", ...; null where Kraken leaves it out
 */
public record PairRules(
    String symbol,
    String altname,
    String key,
    String wsname,
    String base,
    String quote,
    int priceDecimals,
    int lotDecimals,
    int costDecimals,
    BigDecimal tickSize,
    BigDecimal orderMin,
    BigDecimal costMin,
    @Nullable String status) {}
