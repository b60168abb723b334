package dev.signaltoorder.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signaltoorder.testing.TestCertificate;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CertificateMarkTest {
  @TempDir private Path folder;

  @Test
  void aFingerprintIsOneCertificateAndASubjectAllOfItsName() throws Exception {
    TestCertificate authority = TestCertificate.authority("us", folder, "us");
    X509Certificate one = authority.signed("CN=anna,O=us", folder, "one").certificate();
    X509Certificate renewed = authority.signed("CN=anna,O=us", folder, "two").certificate();
    X509Certificate other = authority.signed("CN=anna,O=them", folder, "three").certificate();
    String hex =
        HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(one.getEncoded()));

    CertificateMark fingerprint = CertificateMark.parse("cert-sha256$" + hex);
    CertificateMark subject = CertificateMark.parse("cert-subject$cn=anna, o=us");

    assertThat(fingerprint.matches(one)).isTrue();
    assertThat(CertificateMark.parse("cert-sha256$" + hex.toUpperCase(Locale.ROOT)).matches(one))
        .isTrue();
    assertThat(fingerprint.matches(renewed)).isFalse();
    assertThat(subject.matches(one)).isTrue();
    assertThat(subject.matches(renewed)).isTrue();
    assertThat(subject.matches(other)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cert-sha256$",
        "cert-sha256$00",
        "cert-sha256$zz",
        "cert-subject$",
        "cert-subject$anna",
        "cert-subject$CN",
        "cert",
        "",
      })
  void whatIsNoMarkIsRefused(String text) {
    assertThatThrownBy(() -> CertificateMark.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("certificate");
  }
}
