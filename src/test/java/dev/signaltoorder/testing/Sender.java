package dev.signaltoorder.testing;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import java.util.function.Consumer;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Delivers webhooks to one source, signed as Standard Webhooks has it. Thread-safe. */
public final class Sender {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final URI address;
  private final String secret;
  private final HttpClient http;

  Sender(URI address, String secret) {
    this(address, secret, HTTP);
  }

  private Sender(URI address, String secret, HttpClient http) {
    this.address = address;
    this.secret = secret;
    this.http = http;
  }

  /** The same source, another secret. */
  public Sender signingWith(String other) {
    return new Sender(address, other, http);
  }

  /** The same source at another address of the service, over a client of one's own. */
  public Sender over(HttpClient client, URI service) {
    return new Sender(service.resolve(address.getRawPath()), secret, client);
  }

  /** A delivery of its own. */
  public Answer send(Payload payload) {
    return send(freshId(), payload.bytes());
  }

  /** A delivery with a chosen id, signed now. */
  public Answer send(String id, byte[] body) {
    return send(id, Instant.now(), body);
  }

  /** A delivery with a chosen id, signed at a chosen time. */
  public Answer send(String id, Instant at, byte[] body) {
    String timestamp = Long.toString(at.getEpochSecond());
    return post(id, timestamp, hmac(secret, id, timestamp, body), body);
  }

  /** With all headers as they are given. */
  public Answer post(String id, String timestamp, String signature, byte[] body) {
    return post(body, signed(id, timestamp, signature));
  }

  private static Consumer<HttpRequest.Builder> signed(
      String id, String timestamp, String signature) {
    return request ->
        request
            .header("webhook-id", id)
            .header("webhook-timestamp", timestamp)
            .header("webhook-signature", signature);
  }

  /** Without any proof of who sends it. */
  public Answer postBare(byte[] body) {
    return post(body, request -> {});
  }

  /** In pieces, without saying how much it will be. */
  public Answer sendChunked(String id, byte[] body) {
    String timestamp = Long.toString(Instant.now().getEpochSecond());
    return post(
        BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)),
        signed(id, timestamp, hmac(secret, id, timestamp, body)));
  }

  private Answer post(byte[] body, Consumer<HttpRequest.Builder> headers) {
    return post(BodyPublishers.ofByteArray(body), headers);
  }

  private Answer post(BodyPublisher body, Consumer<HttpRequest.Builder> headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address)
            .timeout(PATIENCE)
            .header("Content-Type", "application/json")
            .POST(body);
    headers.accept(request);
    try {
      return Answer.of(http.send(request.build(), BodyHandlers.ofString()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** An id that no delivery had. */
  public static String freshId() {
    return "msg_" + UUID.randomUUID();
  }

  /** A {@code v1} signature. */
  public static String hmac(String secret, String id, String timestamp, byte[] body) {
    try {
      byte[] key = Base64.getDecoder().decode(secret.substring("whsec_".length()));
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      mac.update(head(id, timestamp));
      return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A {@code v1a} signature. */
  public static String ed25519(PrivateKey key, String id, String timestamp, byte[] body) {
    try {
      Signature signer = Signature.getInstance("Ed25519");
      signer.initSign(key);
      signer.update(head(id, timestamp));
      signer.update(body);
      return "v1a," + Base64.getEncoder().encodeToString(signer.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] head(String id, String timestamp) {
    return (id + "." + timestamp + ".").getBytes(java.nio.charset.StandardCharsets.UTF_8);
  }
}
