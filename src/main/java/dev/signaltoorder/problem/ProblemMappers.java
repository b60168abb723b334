package dev.signaltoorder.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticator;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpClosedException;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/** The one place where failures become answers: always {@code application/problem+json}. */
class ProblemMappers {
  /** What Quarkus says when a body stops coming: it has no type of its own. */
  private static final String READ_TIMED_OUT = "Read timed out";

  private static final Logger LOG = Logger.getLogger(ProblemMappers.class);

  private static final String WEBHOOKS = "/webhooks/";
  private static final int PATH_LENGTH_MAX = 200;

  /** Only these say something a client needs; anything else of a foreign answer is dropped. */
  private static final String[] KEPT_HEADERS = {"Allow", "Retry-After", "WWW-Authenticate"};

  @ServerExceptionMapper
  public Response problem(ProblemException failure) {
    return failure.problem().toResponse();
  }

  @ServerExceptionMapper
  public Response answered(WebApplicationException failure) {
    Response original = failure.getResponse();
    int status = original.getStatus();
    if (status < 400) {
      return original;
    }
    if (status >= 500) {
      return incident(failure, status);
    }
    Response.ResponseBuilder answer =
        Response.fromResponse(Problem.ofStatus(status, detailOf(status)).toResponse());
    for (String name : KEPT_HEADERS) {
      String value = original.getHeaderString(name);
      if (value != null) {
        answer.header(name, value);
      }
    }
    return answer.build();
  }

  /** JSON that a resource asked for and that cannot be read. Its text may hold what was sent. */
  @ServerExceptionMapper({JsonProcessingException.class, MismatchedInputException.class})
  public Response unreadableJson() {
    return Problem.ofStatus(400, "The body is not the JSON this resource reads.").toResponse();
  }

  @ServerExceptionMapper
  public Uni<Response> unauthorized(UnauthorizedException failure, RoutingContext context) {
    return challenge(context);
  }

  @ServerExceptionMapper
  public Uni<Response> badCredentials(
      AuthenticationFailedException failure, RoutingContext context) {
    return challenge(context);
  }

  /** On record in the log: who wanted what. Only who has signed in gets here, so it is bounded. */
  @ServerExceptionMapper
  public Response forbidden(ForbiddenException failure, RoutingContext context) {
    LOG.warnf(
        "%s may not %s %s",
        context.user() instanceof QuarkusHttpUser user
            ? user.getSecurityIdentity().getPrincipal().getName()
            : "somebody",
        context.request().method(),
        pathForTheLog(context.request().path()));
    return Problem.ofStatus(403, "Your credentials lack the role this needs.").toResponse();
  }

  /** As it was sent, so without line ends; nothing of what may hold a token. */
  private static String pathForTheLog(@Nullable String path) {
    if (path == null || path.startsWith(WEBHOOKS)) {
      return WEBHOOKS + "…";
    }
    return path.length() > PATH_LENGTH_MAX ? path.substring(0, PATH_LENGTH_MAX) + "…" : path;
  }

  /**
   * A client that went away, or fell silent, before its body was complete: nobody is left to
   * answer, and nothing is wrong here. Were it an incident, anybody could fill the log with stack
   * traces.
   */
  @ServerExceptionMapper
  public Response unreadBody(IOException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof HttpClosedException) {
        LOG.debug("a client closed its connection before its request was complete");
        return Problem.ofStatus(400, detailOf(400)).toResponse();
      }
      if (READ_TIMED_OUT.equals(cause.getMessage())) {
        LOG.debug("a client fell silent before its request was complete");
        return Problem.ofStatus(408, detailOf(408)).toResponse();
      }
    }
    return incident(failure, 500);
  }

  /**
   * Errors too: the server's own handler would write the path to the log, and a path can hold a
   * token.
   */
  @ServerExceptionMapper
  public Response unexpected(Throwable failure) {
    return incident(failure, 500);
  }

  private static Response incident(Throwable failure, int status) {
    String incident = UUID.randomUUID().toString();
    LOG.errorf(failure, "Incident %s: a request failed", incident);
    return Problem.ofStatus(status, "The failure is in the log under this incident's id.")
        .withInstance("urn:uuid:" + incident)
        .toResponse();
  }

  private static @Nullable String detailOf(int status) {
    return switch (status) {
      case 400 -> "The request cannot be read.";
      case 408 -> "The request did not arrive in time.";
      case 413 -> "The body is larger than this service reads.";
      default -> null;
    };
  }

  /** 401 with the WWW-Authenticate line of the sign-in methods that are active. */
  private static Uni<Response> challenge(RoutingContext context) {
    Response bare = Problem.ofStatus(401, "Sign in with valid credentials.").toResponse();
    HttpAuthenticator authenticator = context.get(HttpAuthenticator.class.getName());
    if (authenticator == null) {
      return Uni.createFrom().item(bare);
    }
    return authenticator
        .getChallenge(context)
        .map(found -> Optional.ofNullable(found).map(ChallengeData::getHeaders).orElse(Map.of()))
        .map(
            headers -> {
              Response.ResponseBuilder answer = Response.fromResponse(bare);
              headers.forEach((name, value) -> answer.header(name.toString(), value));
              return answer.build();
            });
  }
}
