package dev.signaltoorder.kraken;

/** An id of ours that Kraken can search by: one of the two, never both. */
public sealed interface OwnId {

  /** {@code cl_ord_id}. */
  record Client(String clientOrderId) implements OwnId {}

  /** {@code userref}. */
  record Reference(int userReference) implements OwnId {}
}
