package dev.signaltoorder.access;

import dev.signaltoorder.problem.ProblemException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.vertx.http.ManagementInterface;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
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

  private static final String BEARER = "Bearer ";
  private static final String BASIC = "Basic ";

  private final boolean isOn;
  private final Vertx vertx;
  private final PasswordIdentityProvider passwords;
  private final TokenIdentityProvider tokens;

  MetricsDoor(
      SignInSettings settings,
      Vertx vertx,
      PasswordIdentityProvider passwords,
      TokenIdentityProvider tokens) {
    this.isOn = Switch.isOn(settings.metricsSignIn());
    this.vertx = vertx;
    this.passwords = passwords;
    this.tokens = tokens;
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
    String address = SignInAddress.of(context);
    String header = context.request().getHeader(HttpHeaders.AUTHORIZATION);
    context.request().pause();
    vertx
        .executeBlocking(() -> status(header, address), false)
        .onComplete(
            result -> {
              context.request().resume();
              answer(context, result.succeeded() ? result.result() : 500);
            });
  }

  static boolean isOpen(String path) {
    return path.equals("/q/health")
        || path.startsWith("/q/health/")
        || path.equals("/q/openapi")
        || path.equals("/q/openapi.json")
        || path.equals("/q/openapi.yaml");
  }

  /** 200 for who may read on. */
  private int status(@Nullable String header, String address) {
    try {
      User user = user(header, address);
      if (user == null) {
        return 401;
      }
      return user.roles().contains(Roles.METRICS) ? 200 : 403;
    } catch (AuthenticationFailedException e) {
      return 401;
    } catch (ProblemException e) {
      return e.problem().status();
    }
  }

  private @Nullable User user(@Nullable String header, String address) {
    if (header == null) {
      return null;
    }
    if (header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      return tokens.signIn(header.substring(BEARER.length()).strip(), address);
    }
    if (header.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
      return withPassword(header.substring(BASIC.length()).strip(), address);
    }
    return null;
  }

  private @Nullable User withPassword(String encoded, String address) {
    String pair;
    try {
      pair = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return null;
    }
    int colon = pair.indexOf(':');
    return colon < 0
        ? null
        : passwords.signIn(
            pair.substring(0, colon), pair.substring(colon + 1).toCharArray(), address);
  }

  private static void answer(RoutingContext context, int status) {
    if (status == 200) {
      context.next();
      return;
    }
    if (status == 401) {
      context.response().putHeader("WWW-Authenticate", "Basic realm=\"signal-to-order\"");
    }
    context.response().setStatusCode(status).end();
  }
}
