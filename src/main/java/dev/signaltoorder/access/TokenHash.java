package dev.signaltoorder.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * The SHA-256 of an API token. A plain hash is enough because a token is random and long: there is
 * nothing to guess, unlike with a password.
 */
final class TokenHash implements Credential {
  static final String SCHEME = "token-sha256";
  static final String FORM = SCHEME + "$<64 hexadecimal digits>";

  private static final Pattern DIGEST = Pattern.compile("[0-9a-fA-F]{64}");

  private final byte[] digest;

  private TokenHash(byte[] digest) {
    this.digest = digest;
  }

  /**
   * Reads {@code token-sha256$<hex>}.
   *
   * @throws IllegalArgumentException with a message that names the fault and repeats no content
   */
  static TokenHash parse(String text) {
    String digest = text.substring(Math.min(text.length(), SCHEME.length() + 1));
    if (!text.startsWith(SCHEME + "$") || !DIGEST.matcher(digest).matches()) {
      throw new IllegalArgumentException("the token hash is not " + FORM);
    }
    return new TokenHash(HexFormat.of().parseHex(digest));
  }

  /** Whether {@code token} is the one; takes the same time whatever the answer. */
  boolean matches(String token) {
    return MessageDigest.isEqual(digest, sha256(token));
  }

  private static byte[] sha256(String token) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return "TokenHash[not shown]";
  }
}
