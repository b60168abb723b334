package dev.signaltoorder.paper;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tokens of GetWebSocketsToken. One is good for a first use within 15 minutes; afterwards for as
 * long as a connection that used it lives. None survives a restart of the exchange.
 */
final class SocketTokens {

  static final Duration LIFETIME = Duration.ofMinutes(15);

  private record Token(ApiKey key, Instant goodUntil) {}

  private final Map<String, Token> tokens = new HashMap<>();
  private final SecureRandom random;

  SocketTokens(SecureRandom random) {
    this.random = random;
  }

  String issue(ApiKey key, Instant now) {
    tokens.values().removeIf(token -> token.goodUntil().isBefore(now));
    byte[] bytes = new byte[32];
    random.nextBytes(bytes);
    String token = Base64.getEncoder().encodeToString(bytes);
    tokens.put(token, new Token(key, now.plus(LIFETIME)));
    return token;
  }

  /** Whose token it is; null if it was never issued or is too old. */
  @Nullable ApiKey keyOf(String token, Instant now) {
    Token known = tokens.get(token);
    return known == null || known.goodUntil().isBefore(now) ? null : known.key();
  }

  /** From now on none issued before is good, as if the exchange had forgotten them. */
  void revokeAll() {
    tokens.clear();
  }
}
