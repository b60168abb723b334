package dev.signaltoorder.kraken;

import java.math.BigDecimal;

/**
 * One row of BalanceEx.
 *
 * @param total balance + credit - credit_used
 * @param held hold_trade: bound by open orders
 */
public record AssetBalance(BigDecimal total, BigDecimal held) {}
