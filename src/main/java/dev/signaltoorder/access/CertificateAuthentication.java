package dev.signaltoorder.access;

import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.AuthenticationRequest;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.quarkus.vertx.http.runtime.security.HttpCredentialTransport;
import io.quarkus.vertx.http.runtime.security.HttpSecurityUtils;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.cert.X509Certificate;
import java.util.Set;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * Takes the client certificate of the TLS connection itself, never one that a header names: a
 * header is a text that anybody can write. Whoever sends other credentials means those.
 */
@ApplicationScoped
class CertificateAuthentication implements HttpAuthenticationMechanism {
  private final boolean isOn;

  CertificateAuthentication(SignInSettings settings) {
    this.isOn = Switch.isOn(settings.clientCertificates());
  }

  @Override
  public Uni<SecurityIdentity> authenticate(
      RoutingContext context, IdentityProviderManager identities) {
    X509Certificate shown = isOn ? shown(context) : null;
    if (shown == null || context.request().getHeader(HttpHeaders.AUTHORIZATION) != null) {
      return Uni.createFrom().nullItem();
    }
    return identities.authenticate(
        HttpSecurityUtils.setRoutingContextAttribute(new CertificateRequest(shown), context));
  }

  private static @Nullable X509Certificate shown(RoutingContext context) {
    SSLSession session = context.request().sslSession();
    if (session == null) {
      return null;
    }
    try {
      return session.getPeerCertificates()[0] instanceof X509Certificate certificate
          ? certificate
          : null;
    } catch (SSLPeerUnverifiedException e) {
      return null;
    }
  }

  /** None: TLS has asked for it long before. */
  @Override
  public Uni<ChallengeData> getChallenge(RoutingContext context) {
    return Uni.createFrom().nullItem();
  }

  @Override
  public Set<Class<? extends AuthenticationRequest>> getCredentialTypes() {
    return Set.of(CertificateRequest.class);
  }

  @Override
  public Uni<HttpCredentialTransport> getCredentialTransport(RoutingContext context) {
    return Uni.createFrom()
        .item(new HttpCredentialTransport(HttpCredentialTransport.Type.X509, "X509"));
  }

  /** Before the others, which all look at the header that must not be there. */
  @Override
  public int getPriority() {
    return 4_000;
  }
}
