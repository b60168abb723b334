package dev.signaltoorder.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.lang.JoseException;

/** An OpenID Connect issuer on loopback: discovery, keys that can be replaced, and its tokens. */
public final class TokenIssuer {
  /** For whom its tokens are. */
  public static final String AUDIENCE = "signal-to-order";

  private final int port;
  private HttpServer server;
  private volatile RsaJsonWebKey key;

  /** Begins to serve on a free port. */
  public TokenIssuer() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      port = server.getAddress().getPort();
      key = freshKey();
      serve();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What its tokens name as issuer. */
  public String address() {
    return "http://localhost:" + port;
  }

  /** Nobody can reach it. */
  public void stop() {
    server.stop(0);
  }

  /** It can be reached again, under the same address. */
  public void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    serve();
  }

  /** From now on it signs with another key, and the one before is not good any more. */
  public void replaceKey() {
    key = freshKey();
  }

  /** The key it signs with. */
  public RsaJsonWebKey key() {
    return key;
  }

  /** A key that nobody knows. */
  public static RsaJsonWebKey freshKey() {
    try {
      RsaJsonWebKey fresh = RsaJwkGenerator.generateJwk(2048);
      fresh.setKeyId(UUID.randomUUID().toString());
      fresh.setUse("sig");
      fresh.setAlgorithm(AlgorithmIdentifiers.RSA_USING_SHA256);
      return fresh;
    } catch (JoseException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What a good token says. */
  public JwtClaims claims(String subject, List<String> groups) {
    JwtClaims claims = new JwtClaims();
    claims.setIssuer(address());
    claims.setAudience(AUDIENCE);
    claims.setSubject(subject);
    claims.setIssuedAtToNow();
    claims.setExpirationTimeMinutesInTheFuture(10);
    claims.setClaim("access", Map.of("groups", groups));
    return claims;
  }

  /** A good token. */
  public String token(String subject, String... groups) {
    return signed(claims(subject, List.of(groups)), key);
  }

  /** Signed with RS256. */
  public static String signed(JwtClaims claims, RsaJsonWebKey by) {
    JsonWebSignature signature = new JsonWebSignature();
    signature.setPayload(claims.toJson());
    signature.setKey(by.getPrivateKey());
    signature.setKeyIdHeaderValue(by.getKeyId());
    signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.RSA_USING_SHA256);
    return compact(signature);
  }

  /** As text. */
  public static String compact(JsonWebSignature signature) {
    try {
      return signature.getCompactSerialization();
    } catch (JoseException e) {
      throw new IllegalStateException(e);
    }
  }

  private void serve() {
    server.createContext("/.well-known/openid-configuration", this::discovery);
    server.createContext("/keys", this::keys);
    server.start();
  }

  private void discovery(HttpExchange exchange) throws IOException {
    answer(
        exchange,
        """
        {"issuer":"%1$s","jwks_uri":"%1$s/keys","token_endpoint":"%1$s/token",
        "authorization_endpoint":"%1$s/authorize","response_types_supported":["code"],
        "subject_types_supported":["public"],"id_token_signing_alg_values_supported":["RS256"]}
        """
            .formatted(address()));
  }

  private void keys(HttpExchange exchange) throws IOException {
    answer(exchange, new JsonWebKeySet(key).toJson(JsonWebKey.OutputControlLevel.PUBLIC_ONLY));
  }

  private static void answer(HttpExchange exchange, String json) throws IOException {
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }
}
