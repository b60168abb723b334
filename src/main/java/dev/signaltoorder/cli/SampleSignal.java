package dev.signaltoorder.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/**
 * An example signal in the canonical form: a market order for a small amount of the quote currency,
 * good for five minutes.
 *
 * @param deliveryId for {@code webhook-id}
 * @param json the payload
 */
record SampleSignal(String deliveryId, String json) {
  private static final String STRATEGY = "sample";
  private static final String SIZE_QUOTE = "50";
  private static final Duration GOOD_FOR = Duration.ofMinutes(5);

  static SampleSignal fresh(String pair, String action, Instant now) {
    String id = UUID.randomUUID().toString();
    ObjectMapper json = new ObjectMapper();
    ObjectNode signal = json.createObjectNode();
    signal.put("type", "signal.created").put("timestamp", now.toString());
    ObjectNode data = signal.putObject("data");
    data.put("id", "sample-" + id)
        .put("strategy", STRATEGY)
        .put("pair", pair)
        .put("action", action)
        .put("orderType", "MARKET");
    data.putObject("size").put("unit", "QUOTE").put("value", SIZE_QUOTE);
    data.put("reasoning", "an example sent by send-sample")
        .put("expiresAt", now.plus(GOOD_FOR).toString());
    try {
      return new SampleSignal("msg_" + id, json.writeValueAsString(signal));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of text can always be written", e);
    }
  }

  byte[] body() {
    return json.getBytes(StandardCharsets.UTF_8);
  }
}
