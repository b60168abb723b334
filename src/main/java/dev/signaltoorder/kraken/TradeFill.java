package dev.signaltoorder.kraken;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One fill, as TradesHistory shows it.
 *
 * @param tradeTxid Kraken's id of the fill
 * @param orderTxid Kraken's id of its order
 * @param pair pair id or altname
 * @param side the order's side
 * @param orderType "limit", "market", ...
 * @param time microseconds
 * @param price quote units
 * @param cost quote units
 * @param fee quote units, as Kraken reports it
 * @param volume base units
 * @param maker whether it made liquidity; null where Kraken does not say
 */
public record TradeFill(
    String tradeTxid,
    String orderTxid,
    String pair,
    OrderSide side,
    String orderType,
    Instant time,
    BigDecimal price,
    BigDecimal cost,
    BigDecimal fee,
    BigDecimal volume,
    @Nullable Boolean maker) {}
