package dev.signaltoorder.access;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.IdentityProvider;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.TokenAuthenticationRequest;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Signs programs in by the API token whose hash stands in the users file. */
@ApplicationScoped
class TokenIdentityProvider implements IdentityProvider<TokenAuthenticationRequest> {
  private final UserDirectory directory;

  TokenIdentityProvider(UserDirectory directory) {
    this.directory = directory;
  }

  @Override
  public Class<TokenAuthenticationRequest> getRequestType() {
    return TokenAuthenticationRequest.class;
  }

  @Override
  public Uni<SecurityIdentity> authenticate(
      TokenAuthenticationRequest request, AuthenticationRequestContext context) {
    // Blocking because the users file may have to be read again.
    return context.runBlocking(
        () ->
            directory
                .users()
                .withToken(request.getToken().getToken())
                .map(UserIdentity::of)
                .orElseThrow(AuthenticationFailedException::new));
  }
}
