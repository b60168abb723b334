package dev.signaltoorder.kraken;

/**
 * Kraken's own state.
 *
 * @param status "online", "maintenance" (no orders, no cancels), "cancel_only", "post_only",
 *     "limit_only", or a text that is new
 */
public record SystemStatus(String status) {

  /** Every kind of order is taken. Anything but "online", known or not, is no. */
  public boolean online() {
    return status.equals("online");
  }
}
