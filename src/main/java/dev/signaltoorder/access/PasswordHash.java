package dev.signaltoorder.access;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * A salted PBKDF2 (HMAC-SHA256) hash of a password, written {@code
 * pbkdf2-sha256$<iterations>$<salt>$<hash>} with salt and hash in standard Base64.
 */
public final class PasswordHash implements Credential {
  /** Iterations of new hashes: OWASP's figure for PBKDF2 with HMAC-SHA256. */
  public static final int DEFAULT_ITERATIONS = 600_000;

  /** Fewer would make a stolen users file cheap to guess against. */
  public static final int ITERATIONS_MIN = 100_000;

  /** More would let one sign-in keep a core busy for seconds. */
  static final int ITERATIONS_MAX = 5_000_000;

  static final String SCHEME = "pbkdf2-sha256";
  static final String FORM = SCHEME + "$<iterations>$<salt, Base64>$<hash, Base64>";

  private static final int SALT_BYTES = 16;
  private static final int SALT_BYTES_MAX = 64;
  private static final int HASH_BYTES = 32;
  private static final Pattern WRITTEN =
      Pattern.compile(
          SCHEME + "\\$([0-9]{1,9})\\$([A-Za-z0-9+/=]{1,128})\\$([A-Za-z0-9+/=]{1,64})");

  private final int iterations;
  private final byte[] salt;
  private final byte[] hash;

  private PasswordHash(int iterations, byte[] salt, byte[] hash) {
    this.iterations = iterations;
    this.salt = salt;
    this.hash = hash;
  }

  /**
   * Hashes {@code password} with {@link #DEFAULT_ITERATIONS} and a fresh salt from {@code random}.
   */
  public static PasswordHash of(char[] password, SecureRandom random) {
    return of(password, DEFAULT_ITERATIONS, random);
  }

  /**
   * Hashes with fewer or more iterations: a password that a machine drew needs few, nobody guesses
   * it.
   *
   * @param iterations 100 000 to 5 000 000
   */
  public static PasswordHash of(char[] password, int iterations, SecureRandom random) {
    byte[] salt = new byte[SALT_BYTES];
    random.nextBytes(salt);
    return new PasswordHash(iterations, salt, derive(password, salt, iterations));
  }

  /** A hash that no password has: checking against it costs what a real one costs. */
  static PasswordHash decoy(int iterations, SecureRandom random) {
    byte[] salt = new byte[SALT_BYTES];
    byte[] hash = new byte[HASH_BYTES];
    random.nextBytes(salt);
    random.nextBytes(hash);
    return new PasswordHash(iterations, salt, hash);
  }

  /**
   * Reads the written form.
   *
   * @throws IllegalArgumentException with a message that names the fault and repeats no content
   */
  static PasswordHash parse(String text) {
    Matcher written = WRITTEN.matcher(text);
    if (!written.matches()) {
      throw new IllegalArgumentException("the password hash is not " + FORM);
    }
    int iterations = Integer.parseInt(written.group(1));
    if (iterations < ITERATIONS_MIN || iterations > ITERATIONS_MAX) {
      throw new IllegalArgumentException(
          "the iterations are not between " + ITERATIONS_MIN + " and " + ITERATIONS_MAX);
    }
    byte[] salt = decode(written.group(2), "salt");
    if (salt.length < SALT_BYTES || salt.length > SALT_BYTES_MAX) {
      throw new IllegalArgumentException(
          "the salt is not " + SALT_BYTES + " to " + SALT_BYTES_MAX + " bytes");
    }
    byte[] hash = decode(written.group(3), "hash");
    if (hash.length != HASH_BYTES) {
      throw new IllegalArgumentException("the hash is not " + HASH_BYTES + " bytes");
    }
    return new PasswordHash(iterations, salt, hash);
  }

  private static byte[] decode(String base64, String what) {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      // The cause is dropped on purpose: its text quotes the input.
      throw new IllegalArgumentException("the " + what + " is not Base64");
    }
  }

  int iterations() {
    return iterations;
  }

  /**
   * Whether {@code password} is the one. Costs a few hundred milliseconds of CPU: never call it on
   * an event loop.
   */
  boolean matches(char[] password) {
    return MessageDigest.isEqual(hash, derive(password, salt, iterations));
  }

  /** The form that {@link #parse} reads. */
  public String written() {
    Base64.Encoder base64 = Base64.getEncoder();
    return SCHEME
        + "$"
        + iterations
        + "$"
        + base64.encodeToString(salt)
        + "$"
        + base64.encodeToString(hash);
  }

  private static byte[] derive(char[] password, byte[] salt, int iterations) {
    PBEKeySpec spec = new PBEKeySpec(password, salt, iterations, HASH_BYTES * 8);
    try {
      return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256").generateSecret(spec).getEncoded();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has PBKDF2WithHmacSHA256", e);
    } finally {
      spec.clearPassword();
    }
  }

  @Override
  public String toString() {
    return "PasswordHash[not shown]";
  }
}
