package dev.signaltoorder.kraken;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * One asset, as Assets shows it.
 *
 * @param altname "XBT"
 * @param decimals of Kraken's books
 * @param displayDecimals for people
 * @param status "enabled", "deposit_only", ...; null where Kraken leaves it out
 * @param collateralValue 0 to 1, null without one
 */
public record AssetInfo(
    String altname,
    int decimals,
    int displayDecimals,
    @Nullable String status,
    @Nullable BigDecimal collateralValue) {}
