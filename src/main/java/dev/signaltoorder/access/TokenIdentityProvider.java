package dev.signaltoorder.access;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.IdentityProvider;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** Signs programs in by the API token whose hash stands in the users file. */
@ApplicationScoped
class TokenIdentityProvider implements IdentityProvider<ApiTokenRequest> {
  private final UserDirectory directory;
  private final SignInRecord record;

  TokenIdentityProvider(UserDirectory directory, SignInRecord record) {
    this.directory = directory;
    this.record = record;
  }

  @Override
  public Class<ApiTokenRequest> getRequestType() {
    return ApiTokenRequest.class;
  }

  @Override
  public Uni<SecurityIdentity> authenticate(
      ApiTokenRequest request, AuthenticationRequestContext context) {
    String address = SignInAddress.of(request);
    // Blocking because the users file may have to be read again.
    return context.runBlocking(() -> UserIdentity.of(signIn(request.token(), address)));
  }

  /**
   * The user whose token it is. Nothing is bounded here: a token is too long to be guessed, and
   * looking costs next to nothing.
   *
   * @throws AuthenticationFailedException when it is nobody's
   */
  User signIn(String token, String address) {
    Optional<User> user = directory.users().withToken(token);
    if (user.isEmpty()) {
      record.failed(SignInRecord.By.TOKEN, SignInRecord.Outcome.REFUSED, address);
      throw new AuthenticationFailedException();
    }
    record.accepted(SignInRecord.By.TOKEN, user.get().name(), address);
    return user.get();
  }
}
