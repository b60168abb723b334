package dev.signaltoorder.paper;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicLong;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A trader with a client and a signer of its own, written from Kraken's documentation alone. */
final class TestTrader implements AutoCloseable {

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

  private final HttpClient http = HttpClient.newHttpClient();
  private final AtomicLong nonce = new AtomicLong(1_700_000_000_000_000_000L);
  private final URI url;
  private final PaperAccount account;
  private Duration patience = Duration.ofSeconds(60);

  TestTrader(URI url, PaperAccount account) {
    this.url = url;
    this.account = account;
  }

  TestTrader patience(Duration patience) {
    this.patience = patience;
    return this;
  }

  /** As a program of another time would go on: above or below the nonces used so far. */
  TestTrader nonceFrom(long next) {
    nonce.set(next);
    return this;
  }

  HttpResponse<String> get(String pathAndQuery) throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(url.resolve(pathAndQuery)).timeout(patience).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  JsonNode ask(String pathAndQuery) throws IOException, InterruptedException {
    return JSON.readTree(get(pathAndQuery).body());
  }

  /** Signed, form-encoded; fields as "name=value". */
  HttpResponse<String> post(String endpoint, String... fields)
      throws IOException, InterruptedException {
    String next = Long.toUnsignedString(nonce.incrementAndGet());
    StringBuilder body = new StringBuilder("nonce=" + next);
    for (String field : fields) {
      int equals = field.indexOf('=');
      body.append('&')
          .append(field, 0, equals + 1)
          .append(URLEncoder.encode(field.substring(equals + 1), StandardCharsets.UTF_8));
    }
    return send(endpoint, "application/x-www-form-urlencoded", next, body.toString());
  }

  HttpResponse<String> postJson(String endpoint, String fieldsAfterNonce)
      throws IOException, InterruptedException {
    String next = Long.toUnsignedString(nonce.incrementAndGet());
    String body =
        "{\"nonce\":" + next + (fieldsAfterNonce.isEmpty() ? "" : ",") + fieldsAfterNonce + "}";
    return send(endpoint, "application/json", next, body);
  }

  private HttpResponse<String> send(String endpoint, String type, String next, String body)
      throws IOException, InterruptedException {
    String path = "/0/private/" + endpoint;
    return sendSigned(path, type, body, sign(account.apiSecret(), path, next, body));
  }

  HttpResponse<String> sendSigned(String path, String type, String body, String signature)
      throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(url.resolve(path))
            .timeout(patience)
            .header("API-Key", account.apiKey())
            .header("API-Sign", signature)
            .header("Content-Type", type)
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  JsonNode call(String endpoint, String... fields) throws IOException, InterruptedException {
    return JSON.readTree(post(endpoint, fields).body());
  }

  /** The result of a call that must succeed. */
  JsonNode result(String endpoint, String... fields) throws IOException, InterruptedException {
    JsonNode answer = call(endpoint, fields);
    if (!answer.path("error").isEmpty()) {
      throw new AssertionError(endpoint + " refused: " + answer);
    }
    return answer.required("result");
  }

  /** The first error of a call, "" if it succeeded. */
  String error(String endpoint, String... fields) throws IOException, InterruptedException {
    return call(endpoint, fields).path("error").path(0).asText();
  }

  /** Places an order that must be accepted; its txid. */
  String place(String... fields) throws IOException, InterruptedException {
    return result("AddOrder", fields).required("txid").required(0).asText();
  }

  /** The order as QueryOrders shows it. */
  JsonNode order(String txid) throws IOException, InterruptedException {
    return result("QueryOrders", "txid=" + txid, "trades=true").path(txid);
  }

  static String sign(String secret, String path, String nonce, String body) {
    try {
      byte[] inner =
          MessageDigest.getInstance("SHA-256")
              .digest((nonce + body).getBytes(StandardCharsets.UTF_8));
      Mac mac = Mac.getInstance("HmacSHA512");
      mac.init(new SecretKeySpec(Base64.getDecoder().decode(secret), "HmacSHA512"));
      mac.update(path.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(mac.doFinal(inner));
    } catch (java.security.GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
