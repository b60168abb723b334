package dev.signaltoorder.signal;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The active keys of a Standard Webhooks source. Several at once: that is how one rotates. */
final class SigningKeys {
  /** What a line of the secrets file may be, for messages. */
  static final String ALLOWED =
      "whsec_ and base64 of 24 to 64 bytes, or whpk_ and base64 of an Ed25519 public key";

  private static final String SECRET_PREFIX = "whsec_";
  private static final String PUBLIC_KEY_PREFIX = "whpk_";
  private static final int ED25519_KEY_BYTES = 32;

  /** Head of the SubjectPublicKeyInfo of every Ed25519 key (RFC 8410). */
  private static final String ED25519_SPKI_HEAD = "302a300506032b6570032100";

  private final List<byte[]> secrets;
  private final List<PublicKey> publicKeys;

  private SigningKeys(List<byte[]> secrets, List<PublicKey> publicKeys) {
    this.secrets = List.copyOf(secrets);
    this.publicKeys = List.copyOf(publicKeys);
  }

  /** Reads the lines of a secrets file; problems name the line's number, never its text. */
  static SigningKeys parse(List<SecretsFile.Line> lines, Consumer<String> problem) {
    List<byte[]> secrets = new ArrayList<>();
    List<PublicKey> publicKeys = new ArrayList<>();
    for (SecretsFile.Line line : lines) {
      byte[] secret = decode(line.text(), SECRET_PREFIX);
      byte[] key = decode(line.text(), PUBLIC_KEY_PREFIX);
      if (secret != null && secret.length >= 24 && secret.length <= 64) {
        secrets.add(secret);
      } else if (key != null && key.length == ED25519_KEY_BYTES) {
        publicKeys.add(ed25519(key));
      } else {
        problem.accept("line " + line.number() + " is no key");
      }
    }
    return new SigningKeys(secrets, publicKeys);
  }

  List<byte[]> secrets() {
    return secrets;
  }

  List<PublicKey> publicKeys() {
    return publicKeys;
  }

  private static byte @Nullable [] decode(String line, String prefix) {
    if (!line.startsWith(prefix)) {
      return null;
    }
    try {
      return Base64.getDecoder().decode(line.substring(prefix.length()));
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static PublicKey ed25519(byte[] raw) {
    byte[] head = HexFormat.of().parseHex(ED25519_SPKI_HEAD);
    byte[] spki = new byte[head.length + raw.length];
    System.arraycopy(head, 0, spki, 0, head.length);
    System.arraycopy(raw, 0, spki, head.length, raw.length);
    try {
      return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(spki));
    } catch (GeneralSecurityException e) {
      // Any 32 bytes have the form of a key; whether they are a point shows at verification.
      throw new IllegalStateException("this JDK has no Ed25519", e);
    }
  }

  @Override
  public String toString() {
    return "SigningKeys[" + secrets.size() + " secrets, " + publicKeys.size() + " public keys]";
  }
}
