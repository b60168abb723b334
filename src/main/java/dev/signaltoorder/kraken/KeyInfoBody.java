package dev.signaltoorder.kraken;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * GetApiKeyInfo answers with the key itself and the account's IBAN. So its body is replaced, before
 * anyone else sees it, by a summary of permissions and flags, and only the summary is read.
 *
 * <p>The reference writes camelCase names, a widely used client reads snake_case: both are
 * understood, the summary has camelCase.
 */
final class KeyInfoBody {

  private static final Pattern PERMISSION = Pattern.compile("[a-z][a-z0-9-]{0,63}");
  private static final byte[] UNREADABLE = "(a body that could not be summarised)".getBytes(UTF_8);

  private KeyInfoBody() {}

  static CallOutcome redact(CallOutcome outcome) {
    if (!(outcome instanceof CallOutcome.Reply reply)) {
      return outcome;
    }
    byte[] summary =
        switch (Envelope.of(reply)) {
          case Envelope.Unusable unusable -> UNREADABLE;
          case Envelope.Errors errors -> document(errors.errors(), null);
          case Envelope.Clean clean -> document(clean.warnings(), clean.result());
        };
    return new CallOutcome.Reply(reply.httpStatus(), summary, reply.complete());
  }

  private static byte[] document(List<String> errors, @Nullable JsonNode result) {
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    ArrayNode errorNode = document.putArray("error");
    errors.forEach(errorNode::add);
    if (result != null) {
      document.set("result", summary(result));
    }
    return KrakenJson.write(document);
  }

  private static ObjectNode summary(JsonNode result) {
    ObjectNode summary = JsonNodeFactory.instance.objectNode();
    JsonNode permissions = result.path("permissions");
    if (permissions.isArray()) {
      ArrayNode names = summary.putArray("permissions");
      for (JsonNode name : permissions) {
        names.add(isPermission(name) ? name.textValue() : "?");
      }
    }
    putTime(summary, "validUntil", either(result, "validUntil", "valid_until"));
    putTime(summary, "queryFrom", either(result, "queryFrom", "query_from"));
    putTime(summary, "queryTo", either(result, "queryTo", "query_to"));
    boolean restricted = false;
    for (JsonNode address : either(result, "ipAllowlist", "ip_allowlist")) {
      restricted |= !address.asText().isBlank();
    }
    summary.put("addressRestricted", restricted);
    return summary;
  }

  private static boolean isPermission(JsonNode name) {
    return name.isTextual() && PERMISSION.matcher(name.textValue()).matches();
  }

  private static JsonNode either(JsonNode result, String camel, String snake) {
    return result.has(camel) ? result.get(camel) : result.path(snake);
  }

  private static void putTime(ObjectNode summary, String name, JsonNode value) {
    if (value.isNumber() || (value.isTextual() && value.textValue().matches("\\d{1,16}"))) {
      summary.put(name, value.asText());
    } else if (!value.isMissingNode() && !value.isNull()) {
      // Kept as something that the strict reading refuses.
      summary.put(name, "?");
    }
  }

  /** Reads the summary's result. */
  static KeyInfo read(JsonNode result) throws UnreadableAnswerException {
    Fields info = Fields.of(result, "the key information");
    JsonNode names = result.path("permissions");
    if (!names.isArray()) {
      throw new UnreadableAnswerException("permissions are missing");
    }
    List<String> permissions = new ArrayList<>();
    names.forEach(name -> permissions.add(name.asText()));
    return new KeyInfo(
        List.copyOf(permissions),
        info.optionalTime("validUntil"),
        info.optionalTime("queryFrom"),
        info.optionalTime("queryTo"),
        result.path("addressRestricted").asBoolean());
  }
}
