package dev.signaltoorder.kraken;

import java.util.List;

/**
 * The keys of one account. Read from files by {@link KeyFiles}.
 *
 * @param trade places and cancels orders
 * @param read asks for orders and balances; equal to {@code trade} if there is only one key
 */
public record KrakenKeys(ApiKey trade, ApiKey read) {

  /** What each key of the account is for: one entry per key, not per purpose. */
  public List<KeyRole> roles() {
    return trade.equals(read) ? List.of(KeyRole.BOTH) : List.of(KeyRole.TRADE, KeyRole.READ);
  }
}
