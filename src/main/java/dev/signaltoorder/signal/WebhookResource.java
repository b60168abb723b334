package dev.signaltoorder.signal;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/**
 * Takes webhooks. Open to all by role, because the delivery itself proves who sent it. The peer is
 * the connection's: a forwarding header is believed only where Quarkus is told of a trusted proxy.
 */
@Path("/webhooks/{source}")
@PermitAll
@Tag(name = "Webhooks")
public class WebhookResource {
  private final WebhookReception reception;

  WebhookResource(WebhookReception reception) {
    this.reception = reception;
  }

  /** Takes a delivery that is signed or has its token in the body. */
  @POST
  @RunOnVirtualThread
  @Operation(summary = "Deliver a signal; 202 once it is stored and committed")
  public Response deliver(
      @PathParam("source") String source,
      @Context HttpHeaders headers,
      @Context HttpServerRequest request,
      byte @Nullable [] body) {
    return answer(source, null, headers, request, body);
  }

  /** Takes a delivery whose token is the last path segment. */
  @POST
  @Path("{token}")
  @RunOnVirtualThread
  @Operation(summary = "Deliver a signal with the token in the path, for senders that cannot sign")
  public Response deliverWithToken(
      @PathParam("source") String source,
      @PathParam("token") String token,
      @Context HttpHeaders headers,
      @Context HttpServerRequest request,
      byte @Nullable [] body) {
    return answer(source, token, headers, request, body);
  }

  private Response answer(
      String source,
      @Nullable String pathToken,
      HttpHeaders headers,
      HttpServerRequest request,
      byte @Nullable [] body) {
    return WebhookResponses.of(
        reception.receive(
            new IncomingDelivery(
                source,
                pathToken,
                headers.getHeaderString("webhook-id"),
                headers.getHeaderString("webhook-timestamp"),
                headers.getHeaderString("webhook-signature"),
                Peer.addressOf(request),
                Peer.certificateNamesOf(request),
                body == null ? new byte[0] : body)));
  }
}
