package dev.signaltoorder.signal;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 over bytes as received. */
final class Sha256 {
  private Sha256() {}

  static byte[] of(byte[] bytes) {
    return digest().digest(bytes);
  }

  /** Lower-case hex SHA-256 of the bytes. */
  static String hexOf(byte[] bytes) {
    return HexFormat.of().formatHex(of(bytes));
  }

  /**
   * Lower-case hex SHA-256 of the source's name in UTF-8, one zero byte, and the body. A name holds
   * no zero byte, so no two pairs of source and body run into the same bytes.
   */
  static String hexOf(String source, byte[] body) {
    MessageDigest digest = digest();
    digest.update(source.getBytes(StandardCharsets.UTF_8));
    digest.update((byte) 0);
    return HexFormat.of().formatHex(digest.digest(body));
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
