package dev.signaltoorder.signal;

import io.vertx.core.http.HttpServerRequest;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** What the connection itself says about who is at its other end. */
final class Peer {
  private Peer() {}

  /** The peer's address, or null when the connection has none. */
  static @Nullable String addressOf(HttpServerRequest request) {
    return request.remoteAddress() == null ? null : request.remoteAddress().hostAddress();
  }

  /**
   * Common names of the certificate that the peer showed and that TLS verified against the trust
   * store; empty without one.
   */
  static List<String> certificateNamesOf(HttpServerRequest request) {
    SSLSession session = request.sslSession();
    if (session == null) {
      return List.of();
    }
    try {
      return session.getPeerCertificates()[0] instanceof X509Certificate certificate
          ? commonNames(certificate.getSubjectX500Principal().getName())
          : List.of();
    } catch (SSLPeerUnverifiedException e) {
      return List.of();
    }
  }

  /** The CN values of a distinguished name in RFC 2253 form. */
  static List<String> commonNames(String distinguishedName) {
    try {
      return new LdapName(distinguishedName)
          .getRdns().stream()
              .filter(part -> part.getType().equalsIgnoreCase("CN"))
              .map(part -> part.getValue().toString())
              .toList();
    } catch (InvalidNameException e) {
      return List.of();
    }
  }
}
