package dev.signaltoorder.paper;

import java.math.BigDecimal;

/** Kraken's verification levels and what they allow (rate limit pages). */
public enum TradingTier {
  STARTER(15, "0.33", 60, "1", 60),
  INTERMEDIATE(20, "0.5", 125, "2.34", 80),
  PRO(20, "1", 180, "3.75", 225);

  private final int callThreshold;
  private final BigDecimal callDecay;
  private final int tradingThreshold;
  private final BigDecimal tradingDecay;
  private final int openOrdersMax;

  TradingTier(
      int callThreshold,
      String callDecay,
      int tradingThreshold,
      String tradingDecay,
      int openOrdersMax) {
    this.callThreshold = callThreshold;
    this.callDecay = new BigDecimal(callDecay);
    this.tradingThreshold = tradingThreshold;
    this.tradingDecay = new BigDecimal(tradingDecay);
    this.openOrdersMax = openOrdersMax;
  }

  /** Most that a key's REST counter may hold. */
  int callThreshold() {
    return callThreshold;
  }

  /** What the REST counter loses in a second. */
  BigDecimal callDecay() {
    return callDecay;
  }

  /** Most that a pair's trading counter may hold. */
  int tradingThreshold() {
    return tradingThreshold;
  }

  /** What a trading counter loses in a second. */
  BigDecimal tradingDecay() {
    return tradingDecay;
  }

  /** Most open orders in one pair. */
  int openOrdersMax() {
    return openOrdersMax;
  }
}
