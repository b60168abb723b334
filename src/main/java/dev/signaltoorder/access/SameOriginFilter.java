package dev.signaltoorder.access;

import dev.signaltoorder.problem.Problem;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;
import java.net.URI;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps other web sites from acting in the name of who is signed in: a browser sends the password
 * it remembers with every request, whoever made the page that asks. Whatever is no mere reading
 * must come from a page of this service; browsers say where it comes from, and no page can make
 * them lie. Programs that are no browser say nothing and pass: they send only what they are told to
 * (docs/adr/0032).
 */
@Provider
class SameOriginFilter implements ContainerRequestFilter {
  private static final Set<String> READING =
      Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

  /** "none": typed or bookmarked by the person. */
  private static final Set<String> OWN = Set.of("same-origin", "none");

  @Override
  public void filter(ContainerRequestContext request) {
    if (READING.contains(request.getMethod())) {
      return;
    }
    if (!isOwn(
        request.getHeaderString("Sec-Fetch-Site"),
        request.getHeaderString("Origin"),
        request.getHeaderString(HttpHeaders.HOST))) {
      request.abortWith(
          Problem.of(
                  "another-site",
                  "The request comes from a page of another site",
                  403,
                  "Nothing was done. Act from this service's own pages, or with a program.")
              .toResponse());
    }
  }

  static boolean isOwn(@Nullable String site, @Nullable String origin, @Nullable String host) {
    if (site != null && !OWN.contains(site)) {
      return false;
    }
    return origin == null || (host != null && host.equalsIgnoreCase(authority(origin)));
  }

  /** Host and port as in a Host header; null for what is no origin, such as "null". */
  private static @Nullable String authority(String origin) {
    try {
      return URI.create(origin).getRawAuthority();
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
