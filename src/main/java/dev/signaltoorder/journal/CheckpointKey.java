package dev.signaltoorder.journal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;

/** The key that signs checkpoints. It is in a file, never in the database, a log or a message. */
public final class CheckpointKey {
  private static final String LABEL = "PRIVATE KEY";

  private final PrivateKey key;
  private final CheckpointVerifier verifier;

  private CheckpointKey(PrivateKey key, CheckpointVerifier verifier) {
    this.key = key;
    this.verifier = verifier;
  }

  /**
   * Reads a PKCS#8 PEM file, as {@code openssl genpkey -algorithm ed25519} writes it.
   *
   * @throws IOException when the file cannot be read
   * @throws IllegalArgumentException when it holds no Ed25519 private key; never repeats it
   */
  static CheckpointKey read(Path file) throws IOException {
    return ofPem(Files.readString(file, StandardCharsets.US_ASCII));
  }

  static CheckpointKey ofPem(String pem) {
    try {
      PrivateKey key =
          KeyFactory.getInstance("Ed25519")
              .generatePrivate(new PKCS8EncodedKeySpec(Pem.decode(pem, LABEL)));
      if (key instanceof EdECPrivateKey edwards
          && edwards.getParams().getName().equals(NamedParameterSpec.ED25519.getName())) {
        byte[] seed = edwards.getBytes().orElseThrow();
        return new CheckpointKey(key, new CheckpointVerifier(pair(seed).getPublic()));
      }
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("no Ed25519 private key", e);
    }
    throw new IllegalArgumentException("no Ed25519 private key");
  }

  /** A fresh key in PKCS#8 PEM. */
  public static String freshPem(SecureRandom random) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
      generator.initialize(NamedParameterSpec.ED25519, random);
      return Pem.encode(LABEL, generator.generateKeyPair().getPrivate().getEncoded());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java platform has no Ed25519", e);
    }
  }

  /** What opens the checkpoints of this key. */
  CheckpointVerifier verifier() {
    return verifier;
  }

  /** Hex of the SHA-256 over the raw public key. */
  public String fingerprint() {
    return verifier.fingerprint();
  }

  /** Its public key in SPKI PEM. */
  String publicPem() {
    return verifier.pem();
  }

  /** The signed note; the same for the same checkpoint, whoever signs it when. */
  String sign(Checkpoint checkpoint) {
    return checkpoint.text() + "\n" + signatureLine(checkpoint);
  }

  /** A note of this checkpoint with this key's signature below those that it has. */
  String cosign(Checkpoint checkpoint, String note) {
    return note + signatureLine(checkpoint);
  }

  private String signatureLine(Checkpoint checkpoint) {
    try {
      Signature signing = Signature.getInstance("Ed25519");
      signing.initSign(key);
      signing.update(checkpoint.text().getBytes(StandardCharsets.UTF_8));
      return verifier.signatureLine(checkpoint, signing.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a checkpoint could not be signed", e);
    }
  }

  /**
   * The pair of a private key. PKCS#8 holds the seed only and the JDK derives the public key
   * nowhere but in its generator, which takes exactly the seed from its source of randomness.
   */
  private static KeyPair pair(byte[] seed) throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
    generator.initialize(NamedParameterSpec.ED25519, new SeedOnly(seed));
    KeyPair pair = generator.generateKeyPair();
    if (!(pair.getPrivate() instanceof EdECPrivateKey made)
        || !Arrays.equals(made.getBytes().orElseThrow(), seed)) {
      throw new GeneralSecurityException("the public key cannot be derived on this platform");
    }
    return pair;
  }

  /** Gives a seed where randomness is asked for. */
  private static final class SeedOnly extends SecureRandom {
    private static final long serialVersionUID = 1L;

    private final byte[] seed;

    SeedOnly(byte[] seed) {
      this.seed = seed.clone();
    }

    @Override
    public void nextBytes(byte[] bytes) {
      if (bytes.length != seed.length) {
        throw new IllegalStateException("another length than a seed's was asked for");
      }
      System.arraycopy(seed, 0, bytes, 0, bytes.length);
    }
  }
}
