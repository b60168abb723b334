package dev.signaltoorder.kraken;

import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;

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

  /** The keys' fingerprints, with a comma; one if there is one key. */
  public String fingerprints() {
    return trade.equals(read)
        ? trade.fingerprint()
        : trade.fingerprint() + "," + read.fingerprint();
  }

  /** The same keys with the same secrets. */
  public boolean sameAs(KrakenKeys other) {
    return trade.sameAs(other.trade) && read.sameAs(other.read);
  }

  /**
   * One of the keys is the same as there, but with another secret, or has the secret of another key
   * there. Kraken gives each key one secret of its own, so files were mixed up, or are being copied
   * just now: calling with such a pair fails, and repeated failures lock the account out.
   */
  public boolean contradicts(KrakenKeys other) {
    return Stream.of(trade, read)
        .anyMatch(
            mine ->
                Stream.of(other.trade, other.read)
                    .anyMatch(known -> mine.equals(known) != mine.sameSecretAs(known)));
  }

  /**
   * One key for everything, given as text.
   *
   * @param secret base64, as Kraken shows it
   * @throws IllegalArgumentException if it is not; the message does not repeat it
   */
  public static KrakenKeys of(String publicKey, String secret) {
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(secret);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("the secret is not base64");
    }
    ApiKey key = new ApiKey(publicKey, bytes);
    return new KrakenKeys(key, key);
  }
}
