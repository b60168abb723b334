package dev.signaltoorder.outbound;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Posts events as Standard Webhooks 1.0.0, signed ({@code v1}) with each secret in the file: while
 * a secret is being changed the receiver knows at least one of them.
 */
record SignedSending(HttpSending http, URI address, SecretFile secrets, Clock clock)
    implements Sending {
  private static final String PREFIX = "whsec_";

  @Override
  public void send(OutboundEvent event) throws NotTakenException, InterruptedException {
    byte[] body = event.payload().toString().getBytes(StandardCharsets.UTF_8);
    String timestamp = Long.toString(clock.instant().getEpochSecond());
    List<String> keys = secrets.lines();
    if (keys.isEmpty() || !keys.stream().allMatch(SignedSending::isSecret)) {
      throw new NotTakenException("its secret file holds no whsec_ secrets");
    }
    String signatures =
        keys.stream()
            .map(key -> "v1," + signature(key, event.id(), timestamp, body))
            .collect(Collectors.joining(" "));
    http.post(
        address,
        body,
        Map.of(
            "webhook-id", event.id(),
            "webhook-timestamp", timestamp,
            "webhook-signature", signatures));
  }

  static boolean isSecret(String line) {
    try {
      return line.startsWith(PREFIX)
          && Base64.getDecoder().decode(line.substring(PREFIX.length())).length >= 16;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static String signature(String key, String id, String timestamp, byte[] body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      byte[] secret = Base64.getDecoder().decode(key.substring(PREFIX.length()));
      mac.init(new SecretKeySpec(secret, "HmacSHA256"));
      mac.update((id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA256", e);
    }
  }
}
