package dev.signaltoorder.signal;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.signaltoorder.signal.RefusedDelivery.Cause;
import java.nio.charset.CharacterCodingException;
import org.jspecify.annotations.Nullable;

/**
 * Verifies deliveries of senders that cannot sign: a token in a body field, or as the last path
 * segment. The body that leaves here no longer holds it.
 */
final class TokenVerifier {
  private TokenVerifier() {}

  /**
   * Verifies a delivery with the hashes in force.
   *
   * @param field place of the token in the body; null: it is the last path segment
   */
  static Verification verify(
      IncomingDelivery delivery, TokenHashes hashes, @Nullable JsonPointer field) {
    if (delivery.id() != null && !DeliveryId.isValid(delivery.id())) {
      return new Verification.Refused(Cause.BAD_DELIVERY_ID);
    }
    // With a configured field the path is no second door.
    String token = field == null ? delivery.pathToken() : tokenIn(delivery.body(), field);
    if (token == null
        || token.length() > TokenHashes.TOKEN_CHARACTERS_MAX
        || !hashes.contain(token)) {
      return new Verification.Refused(Cause.BAD_TOKEN);
    }
    return new Verification.Authentic(TokenRedaction.without(token, delivery.body()));
  }

  private static @Nullable String tokenIn(byte[] body, JsonPointer field) {
    try {
      JsonNode value = StrictJson.parse(body).at(field);
      return value.isTextual() ? value.asText() : null;
    } catch (JsonProcessingException | CharacterCodingException e) {
      return null;
    }
  }
}
