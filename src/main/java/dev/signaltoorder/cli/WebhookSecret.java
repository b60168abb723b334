package dev.signaltoorder.cli;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The sender's side of Standard Webhooks 1.0.0, {@code v1}: a shared secret, and the HMAC-SHA256 of
 * {@code id.timestamp.body} with it.
 */
public final class WebhookSecret {
  private static final String PREFIX = "whsec_";
  private static final int BYTES = 32;

  private final byte[] key;

  private WebhookSecret(byte[] key) {
    this.key = key;
  }

  /** A fresh secret of {@value #BYTES} random bytes. */
  public static WebhookSecret fresh(SecureRandom random) {
    byte[] key = new byte[BYTES];
    random.nextBytes(key);
    return new WebhookSecret(key);
  }

  /**
   * Reads {@code whsec_…}.
   *
   * @throws IllegalArgumentException without repeating the text
   */
  static WebhookSecret parse(String text) {
    try {
      if (text.startsWith(PREFIX) && text.length() > PREFIX.length()) {
        return new WebhookSecret(Base64.getDecoder().decode(text.substring(PREFIX.length())));
      }
    } catch (IllegalArgumentException e) {
      // Falls through: the decoder's text would quote the secret.
    }
    throw new IllegalArgumentException("it holds no whsec_ secret");
  }

  /** The form {@link #parse} reads. The only way out for the secret: never into a log. */
  public String written() {
    return PREFIX + Base64.getEncoder().encodeToString(key);
  }

  /** The value of {@code webhook-signature}. */
  String signature(String id, long timestampSeconds, byte[] body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      mac.update((id + "." + timestampSeconds + ".").getBytes(StandardCharsets.UTF_8));
      return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HmacSHA256", e);
    }
  }

  @Override
  public String toString() {
    return "WebhookSecret[not shown]";
  }
}
