package dev.signaltoorder.market;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;

/**
 * What the market of one pair looked like at one moment. Complete by construction: a missing or
 * malformed field makes no snapshot at all. Prices in quote currency per base unit.
 *
 * @param snapshotId our id, UUIDv7
 * @param pair modern name, "BTC/USD"
 * @param bid best bid
 * @param ask best ask, not below the bid
 * @param last last trade
 * @param mid (bid + ask) / 2
 * @param spreadBps (ask - bid) / mid in basis points, four decimals, half up
 * @param bidDepth quote value of bids no further than 0.5 % below mid
 * @param askDepth quote value of asks no further than 0.5 % above mid
 * @param volume24h base units
 * @param vwap24h volume weighted average price of the last 24 hours
 * @param systemStatus Kraken's SystemStatus when it was taken ("online", ...)
 * @param takenAt the earliest moment the data can stem from: when the first of its calls was sent;
 *     UTC, microseconds
 * @param origin where the prices come from: "kraken", or what the simulated exchange says of itself
 */
public record MarketSnapshot(
    UUID snapshotId,
    String pair,
    BigDecimal bid,
    BigDecimal ask,
    BigDecimal last,
    BigDecimal mid,
    BigDecimal spreadBps,
    BigDecimal bidDepth,
    BigDecimal askDepth,
    BigDecimal volume24h,
    BigDecimal vwap24h,
    String systemStatus,
    Instant takenAt,
    String origin) {}
