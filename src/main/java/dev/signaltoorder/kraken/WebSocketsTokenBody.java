package dev.signaltoorder.kraken;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * GetWebSocketsToken answers with a secret. It is taken out of the body before anyone else sees it;
 * one of these serves one call.
 */
final class WebSocketsTokenBody implements UnaryOperator<CallOutcome> {

  private static final int MAX_LENGTH = 512;

  private final AtomicReference<@Nullable String> token = new AtomicReference<>();

  @Override
  public CallOutcome apply(CallOutcome outcome) {
    if (!(outcome instanceof CallOutcome.Reply reply)) {
      return outcome;
    }
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    switch (Envelope.of(reply)) {
      case Envelope.Unusable unusable -> {
        byte[] nothing = "(a body that could not be read)".getBytes(StandardCharsets.UTF_8);
        return new CallOutcome.Reply(reply.httpStatus(), nothing, reply.complete());
      }
      case Envelope.Errors errors -> errors.errors().forEach(document.putArray("error")::add);
      case Envelope.Clean clean -> {
        clean.warnings().forEach(document.putArray("error")::add);
        JsonNode secret = clean.result().path("token");
        ObjectNode result = document.putObject("result");
        if (secret.isTextual() && secret.textValue().length() <= MAX_LENGTH) {
          token.set(secret.textValue());
          result.put("token", "(left out)");
        }
        if (clean.result().path("expires").canConvertToInt()) {
          result.put("expires", clean.result().path("expires").intValue());
        }
      }
    }
    return new CallOutcome.Reply(reply.httpStatus(), KrakenJson.write(document), reply.complete());
  }

  /** Reads the result that {@link #apply} left over, and adds what it took. */
  WebSocketsToken read(JsonNode result) throws UnreadableAnswerException {
    String secret = token.get();
    if (secret == null || secret.isBlank()) {
      throw new UnreadableAnswerException("the token is missing");
    }
    return new WebSocketsToken(
        secret, Duration.ofSeconds(Fields.of(result, "the token").count("expires")));
  }
}
