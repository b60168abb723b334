package dev.signaltoorder.access;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.regex.Pattern;
import javax.security.auth.x500.X500Principal;

/**
 * By what a client certificate is known: the SHA-256 of the whole, {@code cert-sha256$<hex>}, which
 * ends with its renewal; or its subject, {@code cert-subject$<distinguished name>} (RFC 2253),
 * which every authority in the trust store can put into a certificate.
 */
sealed interface CertificateMark extends Credential {
  String FINGERPRINT = "cert-sha256";
  String SUBJECT = "cert-subject";
  String FORM = FINGERPRINT + "$<64 hexadecimal digits> or " + SUBJECT + "$<subject, RFC 2253>";

  /** Whether {@code certificate}, which TLS has found good, is the one. */
  boolean matches(X509Certificate certificate);

  /**
   * Reads either form.
   *
   * @throws IllegalArgumentException with a message that names the fault
   */
  static CertificateMark parse(String text) {
    String value = text.substring(Math.min(text.length(), text.indexOf('$') + 1));
    if (text.startsWith(FINGERPRINT + "$")) {
      return new Fingerprint(value);
    }
    if (text.startsWith(SUBJECT + "$")) {
      return Subject.of(value);
    }
    throw new IllegalArgumentException("the certificate's mark is not " + FORM);
  }

  /** Whether {@code text} means to be one. */
  static boolean isOne(String text) {
    return text.startsWith(FINGERPRINT + "$") || text.startsWith(SUBJECT + "$");
  }

  /**
   * One certificate.
   *
   * @param hex SHA-256 of its DER form, lower or upper case, without colons
   */
  record Fingerprint(String hex) implements CertificateMark {
    private static final Pattern DIGEST = Pattern.compile("[0-9a-fA-F]{64}");

    public Fingerprint {
      if (!DIGEST.matcher(hex).matches()) {
        throw new IllegalArgumentException(
            "the certificate's fingerprint is not " + FINGERPRINT + "$<64 hexadecimal digits>");
      }
    }

    @Override
    public boolean matches(X509Certificate certificate) {
      try {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
        return MessageDigest.isEqual(HexFormat.of().parseHex(hex), digest);
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("every Java platform has SHA-256", e);
      } catch (CertificateEncodingException e) {
        return false;
      }
    }
  }

  /** Every certificate of one subject. */
  record Subject(X500Principal name) implements CertificateMark {

    static Subject of(String text) {
      X500Principal name;
      try {
        name = new X500Principal(text);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "the certificate's subject is no distinguished name (RFC 2253)", e);
      }
      if (name.getName().isEmpty()) {
        throw new IllegalArgumentException("the certificate's subject is empty");
      }
      return new Subject(name);
    }

    @Override
    public boolean matches(X509Certificate certificate) {
      return name.equals(certificate.getSubjectX500Principal());
    }
  }
}
