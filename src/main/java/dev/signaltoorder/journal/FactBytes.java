package dev.signaltoorder.journal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import org.erdtman.jcs.JsonCanonicalizer;

/**
 * The exact bytes of a fact that are hashed, and their hash. The bytes are the RFC 8785 canonical
 * JSON of the whole fact with its place; raw bytes take part through their SHA-256. The hash is an
 * RFC 6962 leaf hash, so that the journal is a Merkle log.
 */
final class FactBytes {
  private static final byte LEAF_PREFIX = 0;
  private static final long LARGEST_EXACT = (1L << 53) - 1;

  private FactBytes() {}

  static byte[] canonical(String account, long seq, Instant recordedAt, JournalEntry entry) {
    refuseInexact(entry.body(), entry.kind());
    ObjectNode whole = JsonNodeFactory.instance.objectNode();
    whole.put("account", account);
    whole.put("seq", seq);
    whole.put("recordedAt", recordedAt.toString());
    whole.put("kind", entry.kind());
    whole.put("signalId", entry.signalId() == null ? null : entry.signalId().toString());
    whole.put("orderId", entry.orderId() == null ? null : entry.orderId().toString());
    whole.put(
        "rawSha256", entry.raw() == null ? null : HexFormat.of().formatHex(sha256(entry.raw())));
    whole.set("body", entry.body());
    try {
      return new JsonCanonicalizer(whole.toString()).getEncodedUTF8();
    } catch (IOException e) {
      throw new UncheckedIOException(
          "a fact of kind " + entry.kind() + " has no canonical form", e);
    }
  }

  /** Canonical JSON writes numbers as doubles: one that would lose a digit must be text. */
  private static void refuseInexact(JsonNode node, String kind) {
    if (node.isNumber() && !isExact(node)) {
      throw new IllegalArgumentException(
          "a fact of kind " + kind + " has the number " + node + ": it must be text");
    }
    for (JsonNode child : node) {
      refuseInexact(child, kind);
    }
  }

  /** The whole numbers around zero up to where doubles begin to leave some out. */
  private static boolean isExact(JsonNode number) {
    return number.canConvertToExactIntegral()
        && number.canConvertToLong()
        && number.longValue() <= LARGEST_EXACT
        && number.longValue() >= -LARGEST_EXACT;
  }

  /** SHA-256(0x00 || canonical), RFC 6962 section 2.1. */
  static byte[] leafHash(byte[] canonical) {
    MessageDigest digest = newSha256();
    digest.update(LEAF_PREFIX);
    return digest.digest(canonical);
  }

  private static byte[] sha256(byte[] bytes) {
    return newSha256().digest(bytes);
  }

  private static MessageDigest newSha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
