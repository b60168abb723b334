package dev.signaltoorder.kraken;

/** One order that Kraken has. */
public sealed interface OrderReference {

  /** By Kraken's id. */
  record Txid(String txid) implements OrderReference {
    /** Refuses a blank id and a list of ids. */
    public Txid {
      if (txid.isBlank() || txid.contains(",")) {
        throw new IllegalArgumentException("one order id");
      }
    }
  }

  /** By our own id. */
  record ClientOrderId(String id) implements OrderReference {
    /** Refuses a blank id. */
    public ClientOrderId {
      if (id.isBlank()) {
        throw new IllegalArgumentException("one client order id");
      }
    }
  }
}
