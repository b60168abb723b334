package dev.signaltoorder.operations;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.SortedMap;
import java.util.StringJoiner;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The rules in the body of an operator's request. */
final class RuleTexts {

  private RuleTexts() {}

  /** Rule code to parameter to value; what is no such thing is named in the request. */
  static SortedMap<String, SortedMap<String, String>> read(OperatorRequest request) {
    SortedMap<String, SortedMap<String, String>> rules = new TreeMap<>();
    JsonNode node = request.node("rules");
    if (!node.isObject()) {
      request.wrong("/rules", "is no JSON object", "rule code to parameters");
      return rules;
    }
    for (Map.Entry<String, JsonNode> rule : node.properties()) {
      SortedMap<String, String> parameters = new TreeMap<>();
      if (!rule.getValue().isObject()) {
        request.wrong("/rules/" + rule.getKey(), "is no JSON object", "parameter to value");
        continue;
      }
      for (Map.Entry<String, JsonNode> parameter : rule.getValue().properties()) {
        String text = text(parameter.getValue());
        if (text == null) {
          request.wrong(
              "/rules/" + rule.getKey() + "/" + parameter.getKey(),
              "is no text, number, truth value or list of them",
              "a value as the rules' documentation shows it");
        } else {
          parameters.put(parameter.getKey(), text);
        }
      }
      rules.put(rule.getKey(), parameters);
    }
    return rules;
  }

  private static @Nullable String text(JsonNode value) {
    if (value.isTextual() || value.isBoolean()) {
      return value.asText();
    }
    if (value.isNumber()) {
      return value.decimalValue().toPlainString();
    }
    if (!value.isArray()) {
      return null;
    }
    StringJoiner list = new StringJoiner(",");
    for (JsonNode element : value) {
      if (!element.isTextual()) {
        return null;
      }
      list.add(element.textValue());
    }
    return list.toString();
  }
}
