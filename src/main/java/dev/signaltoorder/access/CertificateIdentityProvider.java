package dev.signaltoorder.access;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.IdentityProvider;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.cert.X509Certificate;
import java.util.Optional;

/**
 * Signs people in by the client certificate whose mark stands in the users file. That an authority
 * of the trust store has signed it is not enough.
 */
@ApplicationScoped
class CertificateIdentityProvider implements IdentityProvider<CertificateRequest> {
  private final UserDirectory directory;
  private final SignInRecord record;

  CertificateIdentityProvider(UserDirectory directory, SignInRecord record) {
    this.directory = directory;
    this.record = record;
  }

  @Override
  public Class<CertificateRequest> getRequestType() {
    return CertificateRequest.class;
  }

  @Override
  public Uni<SecurityIdentity> authenticate(
      CertificateRequest request, AuthenticationRequestContext context) {
    String address = SignInAddress.of(request);
    // Blocking because the users file may have to be read again.
    return context.runBlocking(() -> UserIdentity.of(signIn(request.certificate(), address)));
  }

  /**
   * The user whose certificate it is.
   *
   * @throws AuthenticationFailedException when it is nobody's
   */
  User signIn(X509Certificate certificate, String address) {
    Optional<User> user = directory.users().withCertificate(certificate);
    if (user.isEmpty()) {
      record.failed(SignInRecord.By.CERTIFICATE, SignInRecord.Outcome.REFUSED, address);
      throw new AuthenticationFailedException();
    }
    record.accepted(SignInRecord.By.CERTIFICATE, user.get().name(), address);
    return user.get();
  }
}
