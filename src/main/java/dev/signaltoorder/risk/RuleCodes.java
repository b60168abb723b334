package dev.signaltoorder.risk;

/** Codes that others look for. */
public final class RuleCodes {
  public static final String TRADING_STATE = "trading-state";
  public static final String STALE_SIGNAL = "stale-signal";

  private RuleCodes() {}
}
