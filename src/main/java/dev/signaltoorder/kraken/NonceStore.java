package dev.signaltoorder.kraken;

/** Keeps the high-water mark of each key's nonces durably. */
public interface NonceStore {

  /**
   * Reserves a block durably before any nonce of it is used.
   *
   * @param keyFingerprint fingerprint of the public API key
   * @param atLeast the lowest nonce wanted (nanoseconds since 1970)
   * @param block how many nonces the block shall hold, positive
   * @return the first nonce of the reserved block: the greater of {@code atLeast} and the old mark
   *     + 1; the new mark is the returned value + block - 1
   * @throws RuntimeException when it could not be committed: no nonce may be used then
   */
  long reserve(String keyFingerprint, long atLeast, long block);
}
