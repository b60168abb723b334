package dev.signaltoorder.journal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Opens signed checkpoints: C2SP signed notes with Ed25519 signatures (type 0x01), whose key name
 * is the checkpoint's origin. Signatures of keys it does not know are ignored, as the note
 * specification says; a note without a good signature of the known key opens not.
 */
public final class CheckpointVerifier {
  private static final byte ED25519 = 1;
  private static final int KEY_ID_BYTES = 4;
  private static final int RAW_KEY_BYTES = 32;
  private static final int MOST_SIGNATURES = 16;
  private static final String SIGNATURE_START = "\u2014 ";
  private static final byte[] SPKI_HEAD = HexFormat.of().parseHex("302a300506032b6570032100");

  private final PublicKey key;
  private final byte[] rawKey;

  CheckpointVerifier(PublicKey key) {
    byte[] encoded = key.getEncoded();
    if (encoded == null
        || encoded.length != SPKI_HEAD.length + RAW_KEY_BYTES
        || !Arrays.equals(encoded, 0, SPKI_HEAD.length, SPKI_HEAD, 0, SPKI_HEAD.length)) {
      throw new IllegalArgumentException("no Ed25519 public key");
    }
    this.key = key;
    this.rawKey = Arrays.copyOfRange(encoded, SPKI_HEAD.length, encoded.length);
  }

  /**
   * For a public key as {@code openssl pkey -pubout} writes it.
   *
   * @throws IllegalArgumentException when it is not an Ed25519 key in SPKI PEM
   */
  public static CheckpointVerifier ofPem(String pem) {
    byte[] der = Pem.decode(pem, "PUBLIC KEY");
    try {
      return new CheckpointVerifier(
          KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(der)));
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("no Ed25519 public key", e);
    }
  }

  /** The key in SPKI PEM. */
  String pem() {
    return Pem.encode("PUBLIC KEY", key.getEncoded());
  }

  /** First four bytes of SHA-256(name || 0x0A || 0x01 || key), as the note specification says. */
  byte[] keyId(String name) {
    MessageDigest digest = Merkle.newSha256();
    digest.update(name.getBytes(StandardCharsets.UTF_8));
    digest.update((byte) '\n');
    digest.update(ED25519);
    return Arrays.copyOf(digest.digest(rawKey), KEY_ID_BYTES);
  }

  /** Hex of the SHA-256 over the raw key: the same for all origins. */
  String fingerprint() {
    return HexFormat.of().formatHex(Merkle.newSha256().digest(rawKey));
  }

  /** The signature line of a checkpoint. */
  String signatureLine(Checkpoint checkpoint, byte[] signature) {
    byte[] id = keyId(checkpoint.origin());
    byte[] both = ByteBuffer.allocate(id.length + signature.length).put(id).put(signature).array();
    return SIGNATURE_START + checkpoint.origin() + " " + ExactBase64.encode(both) + "\n";
  }

  /** The checkpoint of a note that this key has signed; empty for any other note. */
  Optional<Checkpoint> open(String note) {
    int blank = note.lastIndexOf("\n\n");
    if (blank < 0 || !note.endsWith("\n")) {
      return Optional.empty();
    }
    String text = note.substring(0, blank + 1);
    String[] lines = note.substring(blank + 2, note.length() - 1).split("\n", -1);
    if (lines.length > MOST_SIGNATURES) {
      return Optional.empty();
    }
    return Checkpoint.parse(text).filter(checkpoint -> signed(checkpoint, text, lines));
  }

  /** What a note says, whoever signed it; empty for what is no note of a checkpoint. */
  static Optional<Checkpoint> unverified(String note) {
    int blank = note.lastIndexOf("\n\n");
    return blank < 0 ? Optional.empty() : Checkpoint.parse(note.substring(0, blank + 1));
  }

  /** Whether a note has a signature that says to be this key's: worth opening. */
  boolean claims(String origin, String note) {
    byte[] ours = keyId(origin);
    String start = SIGNATURE_START + origin + " ";
    return note.lines()
        .filter(line -> line.startsWith(start))
        .flatMap(line -> ExactBase64.decode(line.substring(start.length())).stream())
        .anyMatch(both -> startsWith(both, ours));
  }

  private static boolean startsWith(byte[] both, byte[] id) {
    return both.length > KEY_ID_BYTES && Arrays.equals(both, 0, KEY_ID_BYTES, id, 0, KEY_ID_BYTES);
  }

  private boolean signed(Checkpoint checkpoint, String text, String[] lines) {
    byte[] ours = keyId(checkpoint.origin());
    boolean good = false;
    for (String line : lines) {
      int name = SIGNATURE_START.length() + checkpoint.origin().length();
      if (!line.startsWith(SIGNATURE_START)) {
        return false;
      }
      if (!line.startsWith(checkpoint.origin() + " ", SIGNATURE_START.length())) {
        continue;
      }
      byte[] both = ExactBase64.decode(line.substring(name + 1)).orElse(new byte[0]);
      if (startsWith(both, ours)) {
        if (!verifies(text, Arrays.copyOfRange(both, KEY_ID_BYTES, both.length))) {
          return false;
        }
        good = true;
      }
    }
    return good;
  }

  private boolean verifies(String text, byte[] signature) {
    try {
      Signature verifying = Signature.getInstance("Ed25519");
      verifying.initVerify(key);
      verifying.update(text.getBytes(StandardCharsets.UTF_8));
      return verifying.verify(signature);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }
}
