package dev.signaltoorder.access;

import dev.signaltoorder.problem.Problem;
import dev.signaltoorder.problem.ProblemException;
import io.quarkus.oidc.runtime.OidcAuthenticationMechanism;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;

/**
 * Signs people in by tokens of the configured OpenID Connect issuer. Whatever goes wrong is a
 * refusal, and nothing of a token gets into an answer or the log.
 */
@ApplicationScoped
class OidcSignIn {
  static final Problem UNAVAILABLE =
      Problem.of(
          "sign-in-unavailable",
          "The issuer of tokens cannot be asked",
          503,
          "Nothing was decided about your token. Try again later, or sign in another way.");

  private static final Logger LOG = Logger.getLogger(OidcSignIn.class);

  /** Header, claims and signature; the signature may be missing, so that it is refused there. */
  private static final Pattern JWT =
      Pattern.compile("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]*");

  private final boolean isOn;
  private final OidcAuthenticationMechanism mechanism;
  private final SignInRecord record;

  OidcSignIn(OidcSettings settings, OidcAuthenticationMechanism mechanism, SignInRecord record) {
    this.isOn = settings.issuer().isPresent();
    this.mechanism = mechanism;
    this.record = record;
  }

  /** Whether {@code token} is for the issuer's keys to judge, not for the users file. */
  boolean takes(String token) {
    return isOn && JWT.matcher(token).matches();
  }

  /** Who the token says; fails with 401 for a bad one and 503 when its keys cannot be had. */
  Uni<SecurityIdentity> authenticate(RoutingContext context, IdentityProviderManager identities) {
    String address = SignInAddress.of(context);
    return mechanism
        .authenticate(context, identities)
        .onItem()
        .ifNull()
        .failWith(AuthenticationFailedException::new)
        .invoke(
            person ->
                record.accepted(SignInRecord.By.OIDC, person.getPrincipal().getName(), address))
        .onFailure()
        .transform(failure -> answered(failure, address));
  }

  /** Without the cause: its text is the library's, and may quote the token. */
  private Throwable answered(Throwable failure, String address) {
    if (failure instanceof AuthenticationFailedException) {
      record.failed(SignInRecord.By.OIDC, SignInRecord.Outcome.REFUSED, address);
      return new AuthenticationFailedException();
    }
    record.failed(SignInRecord.By.OIDC, SignInRecord.Outcome.UNAVAILABLE, address);
    LOG.debugf("a token could not be judged: %s", failure.getClass().getName());
    return new ProblemException(UNAVAILABLE);
  }
}
