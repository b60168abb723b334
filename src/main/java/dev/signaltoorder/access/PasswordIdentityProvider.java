package dev.signaltoorder.access;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.IdentityProvider;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.UsernamePasswordAuthenticationRequest;
import io.quarkus.vertx.http.runtime.security.HttpSecurityUtils;
import io.smallrye.mutiny.Uni;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Signs people in by name and password (HTTP Basic), off the event loop. */
@ApplicationScoped
class PasswordIdentityProvider implements IdentityProvider<UsernamePasswordAuthenticationRequest> {
  private static final Logger LOG = Logger.getLogger(PasswordIdentityProvider.class);

  private final PasswordVerifier verifier;
  private final LoginThrottle throttle;

  PasswordIdentityProvider(PasswordVerifier verifier, LoginThrottle throttle) {
    this.verifier = verifier;
    this.throttle = throttle;
  }

  @Override
  public Class<UsernamePasswordAuthenticationRequest> getRequestType() {
    return UsernamePasswordAuthenticationRequest.class;
  }

  @Override
  public Uni<SecurityIdentity> authenticate(
      UsernamePasswordAuthenticationRequest request, AuthenticationRequestContext context) {
    String address = address(HttpSecurityUtils.getRoutingContextAttribute(request));
    return context.runBlocking(
        () ->
            UserIdentity.of(
                signIn(request.getUsername(), request.getPassword().getPassword(), address)));
  }

  /**
   * The user.
   *
   * @throws AuthenticationFailedException with the same answer for every cause
   */
  User signIn(String name, char[] password, String address) {
    // Who was right a moment ago is not held up by somebody else's guesses from the same address.
    Optional<User> user = verifier.remembered(name, password);
    if (user.isPresent()) {
      return user.get();
    }
    if (!throttle.allows(name, address)) {
      throw new AuthenticationFailedException();
    }
    return verifier
        .verified(name, password)
        .orElseThrow(
            () -> {
              if (throttle.failed(name, address)) {
                // The name is not logged: people type passwords into the wrong field.
                LOG.warnf(
                    "sign-in from %s: %d failures for one name within a minute, refused for now",
                    address, LoginThrottle.FAILURES_MAX);
              }
              return new AuthenticationFailedException();
            });
  }

  private static String address(@Nullable RoutingContext routing) {
    SocketAddress remote = routing == null ? null : routing.request().remoteAddress();
    String host = remote == null ? null : remote.hostAddress();
    return host == null ? "unknown" : host;
  }
}
