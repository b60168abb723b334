package dev.signaltoorder.access;

import dev.signaltoorder.problem.Problem;
import dev.signaltoorder.problem.ProblemException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.IdentityProvider;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.UsernamePasswordAuthenticationRequest;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** Signs people in by name and password (HTTP Basic), off the event loop. */
@ApplicationScoped
class PasswordIdentityProvider implements IdentityProvider<UsernamePasswordAuthenticationRequest> {
  static final Problem BUSY =
      Problem.of(
          "sign-in-busy",
          "Too many sign-ins at once",
          503,
          "Nothing was decided about your credentials. Try again in a few seconds.");

  private final PasswordVerifier verifier;
  private final LoginThrottle throttle;
  private final SignInRecord record;

  PasswordIdentityProvider(PasswordVerifier verifier, LoginThrottle throttle, SignInRecord record) {
    this.verifier = verifier;
    this.throttle = throttle;
    this.record = record;
  }

  @Override
  public Class<UsernamePasswordAuthenticationRequest> getRequestType() {
    return UsernamePasswordAuthenticationRequest.class;
  }

  @Override
  public Uni<SecurityIdentity> authenticate(
      UsernamePasswordAuthenticationRequest request, AuthenticationRequestContext context) {
    String address = SignInAddress.of(request);
    return context.runBlocking(
        () ->
            UserIdentity.of(
                signIn(request.getUsername(), request.getPassword().getPassword(), address)));
  }

  /**
   * The user.
   *
   * @throws AuthenticationFailedException with the same answer for a wrong password, an unknown
   *     name, and a name or address that has failed too often
   * @throws ProblemException 503 when enough others are being checked; nothing is said then
   */
  User signIn(String name, char[] password, String address) {
    // Who was right a moment ago is not held up by somebody else's guesses from the same address.
    Optional<User> user = verifier.remembered(name, password);
    if (user.isPresent()) {
      record.remembered(name, address);
      return user.get();
    }
    if (!throttle.begin(name, address)) {
      throw failed(SignInRecord.Outcome.THROTTLED, address);
    }
    return check(name, password, address)
        .orElseThrow(() -> failed(SignInRecord.Outcome.REFUSED, address));
  }

  private Optional<User> check(String name, char[] password, String address) {
    try {
      Optional<User> user = verifier.verified(name, password, throttle.knows(name, address));
      if (user.isPresent()) {
        throttle.succeeded(name, address);
        record.accepted(SignInRecord.By.PASSWORD, name, address);
      }
      return user;
    } catch (HashingLane.BusyException e) {
      throttle.undo(name, address);
      record.failed(SignInRecord.By.PASSWORD, SignInRecord.Outcome.BUSY, address);
      throw new ProblemException(BUSY);
    }
  }

  private AuthenticationFailedException failed(SignInRecord.Outcome outcome, String address) {
    record.failed(SignInRecord.By.PASSWORD, outcome, address);
    return new AuthenticationFailedException();
  }
}
