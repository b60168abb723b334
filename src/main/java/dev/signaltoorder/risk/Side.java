package dev.signaltoorder.risk;

/** The side of an order on spot. */
public enum Side {
  BUY,
  SELL
}
