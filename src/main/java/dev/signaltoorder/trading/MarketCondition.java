package dev.signaltoorder.trading;

/** How the market of one pair is; the later, the more cautious. */
public enum MarketCondition {
  /** Nothing beyond a limit. */
  NORMAL,
  /** The price moves fast. */
  SPIKE,
  /** Little can be traded near the price: a wide spread, or a thin book. Outranks a spike. */
  THIN
}
