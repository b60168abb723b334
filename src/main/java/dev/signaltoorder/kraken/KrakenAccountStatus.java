package dev.signaltoorder.kraken;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How an account stands with Kraken's limits, as this process models them.
 *
 * @param keys one or two
 * @param tradingBudget units left on the trading counter by pair (altname); only pairs that were
 *     traded. A new order takes one
 */
public record KrakenAccountStatus(List<KeyStatus> keys, Map<String, Integer> tradingBudget) {

  /**
   * One key.
   *
   * @param role TRADE, READ or BOTH
   * @param fingerprint first 12 hex digits of SHA-256 of the public key
   * @param ordersWaiting calls that change orders and have not begun
   * @param readsWaiting calls that ask and have not begun
   * @param callBudget units left on the REST call counter
   * @param lockedUntil the end of Kraken's lockout, null without one
   * @param heldUntil the key is not used before, because Kraken refused it; null if it is
   */
  public record KeyStatus(
      String role,
      String fingerprint,
      int ordersWaiting,
      int readsWaiting,
      int callBudget,
      @Nullable Instant lockedUntil,
      @Nullable Instant heldUntil) {}
}
