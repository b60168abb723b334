package dev.signaltoorder.access;

import io.quarkus.security.identity.request.BaseAuthenticationRequest;

/**
 * Somebody showed an API token of the users file. A type of its own, so that nothing that knows
 * tokens of another kind ever sees it, and the reverse.
 */
final class ApiTokenRequest extends BaseAuthenticationRequest {
  private final String token;

  ApiTokenRequest(String token) {
    this.token = token;
  }

  String token() {
    return token;
  }
}
