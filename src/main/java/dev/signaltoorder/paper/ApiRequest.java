package dev.signaltoorder.paper;

import org.jspecify.annotations.Nullable;

/**
 * One HTTP request, with nothing of the HTTP server in it.
 *
 * @param method "GET" or "POST"
 * @param path "/0/private/AddOrder", no query
 * @param query raw query, empty if none
 * @param contentType header, or null
 * @param apiKey header API-Key, or null
 * @param apiSign header API-Sign, or null
 * @param body exact bytes, as they were signed
 */
record ApiRequest(
    String method,
    String path,
    String query,
    @Nullable String contentType,
    @Nullable String apiKey,
    @Nullable String apiSign,
    byte[] body) {

  static final String PUBLIC = "/0/public/";
  static final String PRIVATE = "/0/private/";

  /** The method's name, "AddOrder"; the path itself where it is none of ours. */
  String endpoint() {
    if (path.startsWith(PUBLIC)) {
      return path.substring(PUBLIC.length());
    }
    return path.startsWith(PRIVATE) ? path.substring(PRIVATE.length()) : path;
  }

  boolean isPublic() {
    return path.startsWith(PUBLIC);
  }

  boolean isPrivate() {
    return path.startsWith(PRIVATE);
  }

  @Override
  public String toString() {
    return method + " " + path;
  }
}
