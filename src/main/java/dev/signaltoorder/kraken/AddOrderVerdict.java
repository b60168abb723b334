package dev.signaltoorder.kraken;

/** What the outcome of an AddOrder call proves. Unlisted means {@link MaybePlaced}. */
public sealed interface AddOrderVerdict {

  /** Kraken gave an order id. */
  record Placed(String txid) implements AddOrderVerdict {}

  /** Validated only: Kraken checked it, nothing was placed. */
  record Validated(String description) implements AddOrderVerdict {}

  /**
   * Proved that this call created no order.
   *
   * @param error Kraken's error text, or why it was never sent
   * @param sent false if no byte left
   */
  record NotPlaced(String error, boolean sent) implements AddOrderVerdict {}

  /** An order may exist. Must be looked up, must never be sent again. */
  record MaybePlaced(String cause) implements AddOrderVerdict {}
}
