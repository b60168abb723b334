package dev.signaltoorder.access;

import dev.signaltoorder.problem.ProblemException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.ManagementInterface;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Sign-in on the management port, where it is asked for: the role {@code metrics} for everything
 * but health, which orchestrators ask without credentials, and the description of the interface,
 * which is the same everywhere. What is open is listed, not what is closed, so that no other way to
 * write a path opens a door.
 */
@ApplicationScoped
class MetricsDoor {
  /** Before every other route. */
  private static final int FIRST = -1_000_000;

  private static final String BASIC = "Basic ";

  private final boolean isOn;
  private final Vertx vertx;
  private final PasswordIdentityProvider passwords;
  private final BearerAuthentication bearer;
  private final IdentityProviderManager identities;

  MetricsDoor(
      SignInSettings settings,
      Vertx vertx,
      PasswordIdentityProvider passwords,
      BearerAuthentication bearer,
      IdentityProviderManager identities) {
    this.isOn = Switch.isOn(settings.metricsSignIn());
    this.vertx = vertx;
    this.passwords = passwords;
    this.bearer = bearer;
    this.identities = identities;
  }

  void guard(@Observes ManagementInterface management) {
    if (isOn) {
      management.router().route().order(FIRST).handler(this::handle);
    }
  }

  private void handle(RoutingContext context) {
    if (isOpen(context.normalizedPath())) {
      context.next();
      return;
    }
    // Whoever judges may do so in another thread; the request goes on in its own.
    Context own = vertx.getOrCreateContext();
    context.request().pause();
    roles(context)
        .map(roles -> roles.contains(Roles.METRICS) ? 200 : 403)
        .onFailure()
        .recoverWithItem(MetricsDoor::refusal)
        .subscribe()
        .with(
            status ->
                own.runOnContext(
                    ignored -> {
                      context.request().resume();
                      answer(context, status);
                    }));
  }

  static boolean isOpen(String path) {
    return path.equals("/q/health")
        || path.startsWith("/q/health/")
        || path.equals("/q/openapi")
        || path.equals("/q/openapi.json")
        || path.equals("/q/openapi.yaml");
  }

  /** What may be done by whoever asks. A token is judged as on the service's own port. */
  private Uni<Set<String>> roles(RoutingContext context) {
    if (BearerAuthentication.token(context) != null) {
      return bearer.authenticate(context, identities).map(SecurityIdentity::getRoles);
    }
    String header = context.request().getHeader(HttpHeaders.AUTHORIZATION);
    String address = SignInAddress.of(context);
    return Uni.createFrom()
        .completionStage(
            () ->
                vertx
                    .executeBlocking(() -> withPassword(header, address).roles(), false)
                    .toCompletionStage());
  }

  private static int refusal(Throwable failure) {
    if (failure instanceof AuthenticationFailedException) {
      return 401;
    }
    return failure instanceof ProblemException told ? told.problem().status() : 500;
  }

  private User withPassword(@Nullable String header, String address) {
    if (header == null || !header.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
      throw new AuthenticationFailedException();
    }
    String pair;
    try {
      pair =
          new String(
              Base64.getDecoder().decode(header.substring(BASIC.length()).strip()),
              StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new AuthenticationFailedException(e);
    }
    int colon = pair.indexOf(':');
    if (colon < 0) {
      throw new AuthenticationFailedException();
    }
    return passwords.signIn(
        pair.substring(0, colon), pair.substring(colon + 1).toCharArray(), address);
  }

  private static void answer(RoutingContext context, int status) {
    if (status == 200) {
      context.next();
      return;
    }
    if (status == 401) {
      context
          .response()
          .putHeader(
              "WWW-Authenticate",
              BearerAuthentication.token(context) == null
                  ? "Basic realm=\"signal-to-order\""
                  : BearerAuthentication.CHALLENGE);
    }
    context.response().setStatusCode(status).end();
  }
}
