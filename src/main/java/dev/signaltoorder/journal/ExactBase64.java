package dev.signaltoorder.journal;

import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * Base64 (RFC 4648, section 4) with one spelling per value: the JDK's decoder takes several, so
 * that a changed character could go unnoticed.
 */
final class ExactBase64 {
  private ExactBase64() {}

  static String encode(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  static List<String> encode(List<byte[]> all) {
    return all.stream().map(ExactBase64::encode).toList();
  }

  /** Empty when it is not the one spelling of some bytes. */
  static Optional<byte[]> decode(String text) {
    try {
      byte[] bytes = Base64.getDecoder().decode(text);
      return encode(bytes).equals(text) ? Optional.of(bytes) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** As {@link #decode}, and of that length. */
  static Optional<byte[]> decode(String text, int length) {
    return decode(text).filter(bytes -> bytes.length == length);
  }
}
