package dev.signaltoorder.journal;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The hashes of RFC 6962, section 2.1. */
final class Merkle {
  /** Bytes of a hash. */
  static final int HASH_BYTES = 32;

  private static final byte NODE_PREFIX = 1;

  private Merkle() {}

  /** The root of a tree without leaves: SHA-256 of nothing. */
  static byte[] emptyRoot() {
    return newSha256().digest();
  }

  /** SHA-256(0x01 || left || right). */
  static byte[] node(byte[] left, byte[] right) {
    MessageDigest digest = newSha256();
    digest.update(NODE_PREFIX);
    digest.update(left);
    return digest.digest(right);
  }

  static MessageDigest newSha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
