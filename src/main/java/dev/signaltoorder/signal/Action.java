package dev.signaltoorder.signal;

/** What a signal asks for. */
public enum Action {
  /** Buy the base asset. */
  BUY,
  /** Sell the base asset. */
  SELL,
  /** Sell what this strategy holds in the pair. */
  CLOSE,
  /** Cancel the open orders of this strategy in the pair. */
  CANCEL,
  /**
   * Open a short position. Not possible on spot: refused by a rule of its own, never turned into a
   * sale.
   */
  SHORT;

  /** Whether it adds to a position. */
  public boolean isEntry() {
    return this == BUY;
  }
}
