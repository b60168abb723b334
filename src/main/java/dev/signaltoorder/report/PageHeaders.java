package dev.signaltoorder.report;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.Provider;

/**
 * Tells browsers to trust only our own script and style, to guess no types, to send no referrer,
 * and to keep no page or audit answer. The pages show text from strangers: should escaping ever
 * fail, nothing in it can run.
 */
@Provider
class PageHeaders implements ContainerResponseFilter {
  private static final String CONTENT_SECURITY_POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
          + "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    MultivaluedMap<String, Object> headers = response.getHeaders();
    headers.putSingle("Content-Security-Policy", CONTENT_SECURITY_POLICY);
    headers.putSingle("X-Content-Type-Options", "nosniff");
    headers.putSingle("Referrer-Policy", "no-referrer");
    MediaType type = response.getMediaType();
    boolean page = type != null && MediaType.TEXT_HTML_TYPE.isCompatible(type);
    if (page || isAudit(request.getUriInfo().getPath())) {
      headers.putSingle(HttpHeaders.CACHE_CONTROL, "no-store");
    }
  }

  private static boolean isAudit(String path) {
    return path.startsWith("/audit/") || path.startsWith("audit/");
  }
}
