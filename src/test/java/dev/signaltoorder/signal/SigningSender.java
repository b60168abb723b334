package dev.signaltoorder.signal;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** Signs deliveries as a sender does; the other half of the verifier, for tests only. */
final class SigningSender {
  private SigningSender() {}

  static IncomingDelivery delivery(
      String source,
      @Nullable String id,
      @Nullable String timestamp,
      @Nullable String signature,
      byte[] body) {
    return new IncomingDelivery(
        source, null, id, timestamp, signature, "192.0.2.7", List.of(), body);
  }

  static IncomingDelivery signed(String secret, String source, String id, Instant at, String body) {
    String timestamp = Long.toString(at.getEpochSecond());
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    return delivery(source, id, timestamp, hmac(secret, id, timestamp, bytes), bytes);
  }

  static String hmac(String secret, String id, String timestamp, byte[] body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      byte[] key = Base64.getDecoder().decode(secret.substring("whsec_".length()));
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      mac.update((id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8));
      return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  static KeyPair ed25519() {
    try {
      return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  static String publicKeyLine(KeyPair pair) {
    byte[] spki = pair.getPublic().getEncoded();
    byte[] raw = Arrays.copyOfRange(spki, spki.length - 32, spki.length);
    return "whpk_" + Base64.getEncoder().encodeToString(raw);
  }

  static String ed25519Signature(PrivateKey key, String id, String timestamp, byte[] body) {
    try {
      Signature signer = Signature.getInstance("Ed25519");
      signer.initSign(key);
      signer.update((id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8));
      signer.update(body);
      return "v1a," + Base64.getEncoder().encodeToString(signer.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  static SigningKeys keys(String... lines) {
    return SigningKeys.parse(
        IntStream.range(0, lines.length)
            .mapToObj(i -> new SecretsFile.Line(i + 1, lines[i]))
            .toList(),
        problem -> {
          throw new IllegalArgumentException(problem);
        });
  }
}
