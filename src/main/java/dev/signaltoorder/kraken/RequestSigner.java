package dev.signaltoorder.kraken;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Kraken's API-Sign: {@code base64(HMAC_SHA512(secret, path || SHA256(nonce || body)))} (Kraken
 * documentation, "Spot REST Authentication").
 */
final class RequestSigner {

  private RequestSigner() {}

  /**
   * Signs one request.
   *
   * @param secret the decoded secret
   * @param path from {@code /0/private/}, without host or query
   * @param nonce the digits that also stand in the body
   * @param body the very bytes that will be sent
   * @return 88 characters of base64
   */
  static String sign(byte[] secret, String path, String nonce, byte[] body) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      sha256.update(nonce.getBytes(US_ASCII));
      sha256.update(body);
      Mac hmac = Mac.getInstance("HmacSHA512");
      hmac.init(new SecretKeySpec(secret, "HmacSHA512"));
      hmac.update(path.getBytes(UTF_8));
      hmac.update(sha256.digest());
      return Base64.getEncoder().encodeToString(hmac.doFinal());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java cannot sign requests", e);
    }
  }
}
