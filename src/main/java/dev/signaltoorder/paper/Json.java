package dev.signaltoorder.paper;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Instant;

/** JSON as Kraken writes it: amounts as strings, times as decimal seconds. */
final class Json {

  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private Json() {}

  static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  static ArrayNode array() {
    return MAPPER.createArrayNode();
  }

  static JsonNode read(byte[] text) throws java.io.IOException {
    return MAPPER.readTree(text);
  }

  static byte[] bytes(JsonNode node) {
    try {
      return MAPPER.writeValueAsBytes(node);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of our own could not be written", e);
    }
  }

  /** The envelope of a good answer. */
  static ObjectNode success(JsonNode result) {
    ObjectNode envelope = object();
    envelope.putArray("error");
    envelope.set("result", result);
    return envelope;
  }

  /** The envelope of an error: no {@code result}, as Kraken's own examples show. */
  static ObjectNode failure(String error) {
    ObjectNode envelope = object();
    envelope.putArray("error").add(error);
    return envelope;
  }

  /** Seconds since 1970 with microseconds, "1752768514.603174". */
  static BigDecimal seconds(Instant time) {
    return BigDecimal.valueOf(time.getEpochSecond())
        .add(BigDecimal.valueOf(time.getNano() / 1_000, 6));
  }
}
