package dev.signaltoorder.kraken;

/** What a call costs on the trading counter (Kraken documentation, "Spot Trading Limits"). */
sealed interface Toll {

  /** It is not counted there. */
  record Free() implements Toll {}

  /**
   * A new order.
   *
   * @param clientOrderId by which it may be cancelled before Kraken's id is known; "" without one
   */
  record Add(String pair, String clientOrderId) implements Toll {}

  /** A change of an order, the dearer the younger it is. */
  record Amend(String order) implements Toll {}

  /** A cancellation, the dearer the younger the order is. */
  record Cancel(String order) implements Toll {}

  /** A cancellation of everything. */
  record CancelAll() implements Toll {}

  /** For calls that are not counted. */
  Toll FREE = new Free();

  /** How the order is known to Kraken or to us. */
  static String idOf(OrderReference order) {
    return switch (order) {
      case OrderReference.Txid kraken -> kraken.txid();
      case OrderReference.ClientOrderId own -> own.id();
    };
  }
}
