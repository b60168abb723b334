package dev.signaltoorder.paper;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * One fill.
 *
 * @param id "TABCDE-FGHIJ-KLMNOP"
 * @param number Kraken's {@code trade_id}: rising
 * @param txid order it belongs to
 * @param account whose fill it is
 * @param time UTC, microseconds
 * @param price quote units per base unit
 * @param volume base units
 * @param cost quote units, without fee
 * @param fee quote units
 * @param maker true if the order was resting
 */
public record PaperTrade(
    String id,
    long number,
    String txid,
    String account,
    Instant time,
    BigDecimal price,
    BigDecimal volume,
    BigDecimal cost,
    BigDecimal fee,
    boolean maker) {}
