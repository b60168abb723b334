package dev.signaltoorder.signal;

/** The order types a signal may name. */
public enum OrderType {
  MARKET,
  LIMIT
}
