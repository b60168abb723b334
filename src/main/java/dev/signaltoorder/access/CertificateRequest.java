package dev.signaltoorder.access;

import io.quarkus.security.identity.request.BaseAuthenticationRequest;
import java.security.cert.X509Certificate;

/** Somebody showed a client certificate that TLS has verified. */
final class CertificateRequest extends BaseAuthenticationRequest {
  private final X509Certificate certificate;

  CertificateRequest(X509Certificate certificate) {
    this.certificate = certificate;
  }

  X509Certificate certificate() {
    return certificate;
  }
}
