package dev.signaltoorder.operations;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.X509KeyManager;
import org.jspecify.annotations.Nullable;

/**
 * What the files of a TLS configuration hold.
 *
 * @param own what the service shows of itself; null when it shows nothing
 * @param trusted fingerprint of the authorities whose certificates are taken, 12 hexadecimal
 *     digits; empty when none are named
 */
record TlsContent(InForce.@Nullable Certificates own, String trusted) {
  private static final int FINGERPRINT_BYTES = 6;

  /**
   * @param own with the certificates and their chains, or null
   * @param keys gives the private keys of {@code own}, or null
   * @param trusted the authorities, or null
   * @throws TlsFiles.UnusableException if a certificate has no private key that fits
   */
  static TlsContent of(
      @Nullable KeyStore own, @Nullable KeyManagerFactory keys, @Nullable KeyStore trusted)
      throws GeneralSecurityException, TlsFiles.UnusableException {
    return new TlsContent(
        own == null || keys == null ? null : certificates(own, keys),
        trusted == null ? "" : fingerprint(trusted));
  }

  /** Why it must not come into force at this time; empty when it may. */
  String untimely(Instant now) {
    if (own == null) {
      return "";
    }
    if (now.isAfter(own.notAfter())) {
      return "the certificate has been out of date since " + own.notAfter();
    }
    return now.isBefore(own.notBefore())
        ? "the certificate is good only from " + own.notBefore() + " on"
        : "";
  }

  private static InForce.@Nullable Certificates certificates(KeyStore store, KeyManagerFactory keys)
      throws GeneralSecurityException, TlsFiles.UnusableException {
    List<X509Certificate> found = new ArrayList<>();
    for (String alias : new TreeSet<>(Collections.list(store.aliases()))) {
      if (store.isKeyEntry(alias) && store.getCertificate(alias) instanceof X509Certificate each) {
        PrivateKey key = privateKey(keys, alias);
        if (key != null && !fits(key, each.getPublicKey())) {
          throw new TlsFiles.UnusableException(
              "the private key does not fit the certificate of " + subject(each));
        }
        found.add(each);
      }
    }
    if (found.isEmpty()) {
      throw new TlsFiles.UnusableException("there is no certificate with a private key");
    }
    List<String> fingerprints = new ArrayList<>();
    for (X509Certificate each : found) {
      fingerprints.add(HexFormat.of().formatHex(sha256().digest(each.getEncoded())));
    }
    return new InForce.Certificates(
        String.join(",", fingerprints),
        found.stream().map(TlsContent::subject).collect(Collectors.joining("; ")),
        found.stream()
            .map(each -> each.getNotBefore().toInstant())
            .max(Instant::compareTo)
            .orElseThrow(),
        found.stream()
            .map(each -> each.getNotAfter().toInstant())
            .min(Instant::compareTo)
            .orElseThrow());
  }

  private static String subject(X509Certificate certificate) {
    return certificate.getSubjectX500Principal().getName();
  }

  private static @Nullable PrivateKey privateKey(KeyManagerFactory keys, String alias) {
    for (KeyManager manager : keys.getKeyManagers()) {
      if (manager instanceof X509KeyManager known) {
        return known.getPrivateKey(alias);
      }
    }
    return null;
  }

  /** Whether one verifies what the other signs. Of an algorithm unknown here nothing is said. */
  private static boolean fits(PrivateKey key, PublicKey publicKey) throws GeneralSecurityException {
    String algorithm =
        switch (publicKey.getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          case "EdDSA", "Ed25519", "Ed448" -> "EdDSA";
          default -> "";
        };
    if (algorithm.isEmpty()) {
      return true;
    }
    byte[] text = "which key is it?".getBytes(StandardCharsets.US_ASCII);
    try {
      Signature signing = Signature.getInstance(algorithm);
      signing.initSign(key);
      signing.update(text);
      byte[] signed = signing.sign();
      Signature verifying = Signature.getInstance(algorithm);
      verifying.initVerify(publicKey);
      verifying.update(text);
      return verifying.verify(signed);
    } catch (InvalidKeyException | SignatureException e) {
      // Not even of the same kind, or of another curve.
      return false;
    }
  }

  private static String fingerprint(KeyStore store) throws GeneralSecurityException {
    TreeSet<String> each = new TreeSet<>();
    for (String alias : Collections.list(store.aliases())) {
      Certificate certificate = store.getCertificate(alias);
      if (certificate != null) {
        each.add(HexFormat.of().formatHex(sha256().digest(certificate.getEncoded())));
      }
    }
    byte[] all = String.join("\n", each).getBytes(StandardCharsets.US_ASCII);
    return HexFormat.of().formatHex(sha256().digest(all), 0, FINGERPRINT_BYTES);
  }

  private static MessageDigest sha256() throws GeneralSecurityException {
    return MessageDigest.getInstance("SHA-256");
  }
}
