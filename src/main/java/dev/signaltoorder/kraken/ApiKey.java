package dev.signaltoorder.kraken;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * One API key with its secret. Shows only its fingerprint; neither part ever reaches a log, an
 * exception or the journal.
 */
public final class ApiKey {

  private final String publicKey;
  private final byte[] secret;
  private final String fingerprint;

  ApiKey(String publicKey, byte[] secret) {
    this.publicKey = publicKey;
    this.secret = secret.clone();
    this.fingerprint = fingerprintOf(publicKey);
  }

  /** First 12 hex digits of SHA-256 of the public key. */
  public String fingerprint() {
    return fingerprint;
  }

  /** The API-Key header. */
  String header() {
    return publicKey;
  }

  /** The API-Sign header. */
  String sign(String path, String nonce, byte[] body) {
    return RequestSigner.sign(secret, path, nonce, body);
  }

  /** The same public part and the same secret. */
  boolean sameAs(ApiKey other) {
    return equals(other) && sameSecretAs(other);
  }

  boolean sameSecretAs(ApiKey other) {
    return MessageDigest.isEqual(secret, other.secret);
  }

  private static String fingerprintOf(String publicKey) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(publicKey.getBytes(UTF_8));
      return HexFormat.of().formatHex(hash).substring(0, 12);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no SHA-256", e);
    }
  }

  /** Two keys are the same key if their public parts are. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ApiKey key && key.publicKey.equals(publicKey);
  }

  @Override
  public int hashCode() {
    return fingerprint.hashCode();
  }

  @Override
  public String toString() {
    return "ApiKey[" + fingerprint + "]";
  }
}
