package dev.signaltoorder.signal;

import dev.signaltoorder.signal.RefusedDelivery.Cause;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Clock;
import java.util.Base64;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Verifies deliveries after Standard Webhooks 1.0.0: {@code v1} (HMAC-SHA256) and {@code v1a}
 * (Ed25519) over {@code id.timestamp.body}, raw bytes. One matching signature of the header passes,
 * for any active key. Stricter than the published libraries: timestamp is digits only and signed as
 * it was sent, and an id with a point is refused.
 */
final class StandardWebhooksVerifier {
  static final long TOLERANCE_SECONDS = 300;

  /** Bounds the work one request can cause: every signature is tried with every key. */
  private static final int SIGNATURES_MAX = 16;

  private static final int HEADER_CHARACTERS_MAX = 4_096;
  private static final int ED25519_SIGNATURE_BYTES = 64;
  private static final Pattern TIMESTAMP = Pattern.compile("[0-9]{1,11}");

  private final Clock clock;

  StandardWebhooksVerifier(Clock clock) {
    this.clock = clock;
  }

  /** Verifies a delivery with the keys in force. */
  Verification verify(IncomingDelivery delivery, SigningKeys keys) {
    String id = delivery.id();
    String timestamp = delivery.timestamp();
    String signatures = delivery.signature();
    if (id == null || timestamp == null || signatures == null || signatures.isBlank()) {
      return new Verification.Refused(Cause.MISSING_SIGNATURE);
    }
    if (!DeliveryId.isValid(id)) {
      return new Verification.Refused(Cause.BAD_DELIVERY_ID);
    }
    if (!TIMESTAMP.matcher(timestamp).matches()) {
      return new Verification.Refused(Cause.BAD_TIMESTAMP);
    }
    long ageSeconds = clock.instant().getEpochSecond() - Long.parseLong(timestamp);
    if (Math.abs(ageSeconds) > TOLERANCE_SECONDS) {
      return new Verification.Refused(Cause.STALE_TIMESTAMP);
    }
    byte[] signed = signedBytes(id, timestamp, delivery.body());
    return anyMatches(signatures, signed, keys)
        ? new Verification.Authentic(delivery.body())
        : new Verification.Refused(Cause.BAD_SIGNATURE);
  }

  private static byte[] signedBytes(String id, String timestamp, byte[] body) {
    byte[] head = (id + "." + timestamp + ".").getBytes(StandardCharsets.US_ASCII);
    byte[] signed = new byte[head.length + body.length];
    System.arraycopy(head, 0, signed, 0, head.length);
    System.arraycopy(body, 0, signed, head.length, body.length);
    return signed;
  }

  private static boolean anyMatches(String header, byte[] signed, SigningKeys keys) {
    if (header.length() > HEADER_CHARACTERS_MAX) {
      return false;
    }
    String[] signatures = header.strip().split(" +", SIGNATURES_MAX + 1);
    if (signatures.length > SIGNATURES_MAX) {
      return false;
    }
    // No early end: the time tells nothing about which key or signature was right.
    boolean matches = false;
    for (String signature : signatures) {
      if (signature.startsWith("v1,")) {
        matches |= hmacMatches(signature.substring(3), signed, keys);
      } else if (signature.startsWith("v1a,")) {
        matches |= ed25519Matches(signature.substring(4), signed, keys);
      }
    }
    return matches;
  }

  private static boolean hmacMatches(String signature, byte[] signed, SigningKeys keys) {
    byte[] sent = signature.getBytes(StandardCharsets.UTF_8);
    boolean matches = false;
    for (byte[] secret : keys.secrets()) {
      matches |= MessageDigest.isEqual(hmacBase64(secret, signed), sent);
    }
    return matches;
  }

  private static byte[] hmacBase64(byte[] secret, byte[] signed) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret, "HmacSHA256"));
      return Base64.getEncoder().encode(mac.doFinal(signed));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HmacSHA256", e);
    }
  }

  private static boolean ed25519Matches(String signature, byte[] signed, SigningKeys keys) {
    byte[] raw = ed25519Bytes(signature);
    boolean matches = false;
    if (raw != null) {
      for (PublicKey key : keys.publicKeys()) {
        matches |= ed25519Matches(raw, signed, key);
      }
    }
    return matches;
  }

  private static byte @Nullable [] ed25519Bytes(String signature) {
    try {
      byte[] raw = Base64.getDecoder().decode(signature);
      return raw.length == ED25519_SIGNATURE_BYTES ? raw : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static boolean ed25519Matches(byte[] raw, byte[] signed, PublicKey key) {
    try {
      Signature verifier = Signature.getInstance("Ed25519");
      verifier.initVerify(key);
      verifier.update(signed);
      return verifier.verify(raw);
    } catch (GeneralSecurityException e) {
      // A key that is no point of the curve, or a malformed signature: neither lets anyone in.
      return false;
    }
  }
}
