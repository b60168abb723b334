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
 * @param bidDepth quote value of bids no further than 0.5 % below mid; a lower bound where the book
 *     is deeper than the levels asked for, zero where it is too thin
 * @param askDepth quote value of asks no further than 0.5 % above mid; likewise
 * @param volume24h base units
 * @param vwap24h volume weighted average price of the last 24 hours
 * @param systemStatus Kraken's SystemStatus ("online", ...); may be some seconds older than the
 *     prices, never beyond the configured maximum age
 * @param takenAt the earliest moment the prices can stem from: when the first of the Ticker and
 *     Depth calls was sent, or the date of the websocket's book; UTC, microseconds
 * @param origin where the prices come from: "kraken-rest", "kraken-ws", or what the simulated
 *     exchange says of itself
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
