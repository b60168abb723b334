package dev.signaltoorder.paper;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Lets a private call in: known key, right signature, rising nonce. The signature comes before the
 * nonce, so that nobody without the secret can use nonces up.
 */
final class Gatekeeper {

  private static final Pattern NONCE = Pattern.compile("[0-9]{1,20}");

  private final ExchangeState state;
  private final CallCounters counters;

  Gatekeeper(ExchangeState state, CallCounters counters) {
    this.state = state;
    this.counters = counters;
  }

  /** The caller's key, its nonce already marked as used. */
  ApiKey admit(ApiRequest request, Parameters parameters, PrivateEndpoint endpoint, Instant now)
      throws Refusal {
    ApiKey key = request.apiKey() == null ? null : state.key(request.apiKey());
    if (key == null) {
      throw new Refusal("EAPI:Invalid key");
    }
    counters.refuseLocked(key.key(), now);
    try {
      ApiKey used = key.withNonce(nonce(request, parameters, key));
      state.put(used);
      counters.charge(key.key(), endpoint, now);
      return used;
    } catch (Refusal refusal) {
      if (!refusal.error().equals("EAPI:Rate limit exceeded")) {
        counters.bad(key.key(), now);
      }
      throw refusal;
    }
  }

  private static long nonce(ApiRequest request, Parameters parameters, ApiKey key) throws Refusal {
    String nonceText = parameters.get("nonce");
    if (nonceText == null || !NONCE.matcher(nonceText).matches()) {
      throw new Refusal("EAPI:Invalid nonce");
    }
    if (!isSigned(request, key, nonceText)) {
      throw new Refusal("EAPI:Invalid signature");
    }
    return risen(nonceText, key);
  }

  private static long risen(String text, ApiKey key) throws Refusal {
    try {
      long nonce = Long.parseUnsignedLong(text);
      if (Long.compareUnsigned(nonce, key.lastNonce()) > 0) {
        return nonce;
      }
      // A window set on the key lets calls overtake each other by as much.
      long window = key.nonceWindow();
      if (window > 0 && Long.compareUnsigned(nonce + window, key.lastNonce()) > 0) {
        return key.lastNonce();
      }
    } catch (NumberFormatException e) {
      throw new Refusal("EAPI:Invalid nonce");
    }
    throw new Refusal("EAPI:Invalid nonce");
  }

  private static boolean isSigned(ApiRequest request, ApiKey key, String nonce) {
    byte[] given = decoded(request.apiSign());
    return given != null
        && MessageDigest.isEqual(
            given, signature(key.secret(), request.path(), nonce, request.body()));
  }

  private static byte @Nullable [] decoded(@Nullable String base64) {
    try {
      return base64 == null ? null : Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** HMAC-SHA512 of path and SHA-256(nonce and body), keyed with the decoded secret. */
  static byte[] signature(String secret, String path, String nonce, byte[] body) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      sha256.update(nonce.getBytes(StandardCharsets.UTF_8));
      byte[] inner = sha256.digest(body);
      Mac mac = Mac.getInstance("HmacSHA512");
      mac.init(new SecretKeySpec(Base64.getDecoder().decode(secret), "HmacSHA512"));
      mac.update(path.getBytes(StandardCharsets.UTF_8));
      return mac.doFinal(inner);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java runtime has SHA-256 and HmacSHA512", e);
    }
  }
}
