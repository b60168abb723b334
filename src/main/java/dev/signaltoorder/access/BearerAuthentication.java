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
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Takes the token out of {@code Authorization: Bearer …} (RFC 6750, section 2.1): an API token of
 * the users file, or one of the OpenID Connect issuer where there is one.
 */
@ApplicationScoped
class BearerAuthentication implements HttpAuthenticationMechanism {
  private static final String SCHEME = "Bearer";
  private static final String PREFIX = SCHEME + " ";

  /** What a token that was refused is answered with (RFC 6750, section 3). */
  static final String CHALLENGE = SCHEME + " error=\"invalid_token\"";

  private final OidcSignIn oidc;

  BearerAuthentication(OidcSignIn oidc) {
    this.oidc = oidc;
  }

  @Override
  public Uni<SecurityIdentity> authenticate(
      RoutingContext context, IdentityProviderManager identities) {
    String token = token(context);
    if (token == null) {
      return Uni.createFrom().nullItem();
    }
    if (oidc.takes(token)) {
      return oidc.authenticate(context, identities);
    }
    return identities.authenticate(
        HttpSecurityUtils.setRoutingContextAttribute(new ApiTokenRequest(token), context));
  }

  /** A challenge of its own only for who came with a token; everybody else is asked for Basic. */
  @Override
  public Uni<ChallengeData> getChallenge(RoutingContext context) {
    if (token(context) == null) {
      return Uni.createFrom().nullItem();
    }
    return Uni.createFrom()
        .item(new ChallengeData(401, HttpHeaders.createOptimized("WWW-Authenticate"), CHALLENGE));
  }

  @Override
  public Set<Class<? extends AuthenticationRequest>> getCredentialTypes() {
    return Set.of(ApiTokenRequest.class);
  }

  @Override
  public Uni<HttpCredentialTransport> getCredentialTransport(RoutingContext context) {
    return Uni.createFrom()
        .item(new HttpCredentialTransport(HttpCredentialTransport.Type.AUTHORIZATION, "bearer"));
  }

  /** Before Basic, so that a refused token is not answered with a password prompt. */
  @Override
  public int getPriority() {
    return 3_000;
  }

  /** The token that the request shows, null without one. */
  static @Nullable String token(RoutingContext context) {
    String header = context.request().getHeader(HttpHeaders.AUTHORIZATION);
    if (header == null || !header.regionMatches(true, 0, PREFIX, 0, PREFIX.length())) {
      return null;
    }
    return header.substring(PREFIX.length()).strip();
  }
}
