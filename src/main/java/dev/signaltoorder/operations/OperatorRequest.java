package dev.signaltoorder.operations;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.signaltoorder.problem.Problem;
import dev.signaltoorder.problem.ProblemException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The JSON body of an operator's call, read field by field so that everything wrong can be named at
 * once.
 */
final class OperatorRequest {
  private static final ObjectReader READER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build()
          .reader();
  private static final int MOST_REASON = 500;

  private final JsonNode body;
  private final List<Problem.FieldError> problems = new ArrayList<>();

  private OperatorRequest(JsonNode body) {
    this.body = body;
  }

  /**
   * Reads a body.
   *
   * @param fields the only fields it may have
   * @throws ProblemException 400 when it is no JSON object
   */
  static OperatorRequest read(byte[] bytes, Set<String> fields) {
    JsonNode body;
    try {
      body = READER.readTree(bytes);
    } catch (JsonProcessingException e) {
      throw refusal(List.of(new Problem.FieldError("", "is no JSON", "a JSON object")));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    if (body == null || !body.isObject()) {
      throw refusal(List.of(new Problem.FieldError("", "is no JSON object", "a JSON object")));
    }
    OperatorRequest request = new OperatorRequest(body);
    body.fieldNames()
        .forEachRemaining(
            name -> {
              if (!fields.contains(name)) {
                request.wrong("/" + name, "is unknown", String.join(", ", new TreeSet<>(fields)));
              }
            });
    return request;
  }

  /** Why something is done: 1 to 500 characters, no control characters. */
  String reason() {
    return text("reason", MOST_REASON);
  }

  String text(String name, int most) {
    JsonNode value = body.path(name);
    String text = value.isTextual() ? value.textValue().strip() : "";
    boolean clean = text.chars().noneMatch(Character::isISOControl);
    if (text.isEmpty() || text.length() > most || !clean) {
      wrong(
          "/" + name,
          value.isMissingNode() ? "is missing" : "is no usable text",
          "1 to " + most + " characters without control characters");
    }
    return text;
  }

  String oneOf(String name, List<String> allowed) {
    JsonNode value = body.path(name);
    if (!value.isTextual() || !allowed.contains(value.textValue())) {
      wrong(
          "/" + name,
          value.isMissingNode() ? "is missing" : "is none of the allowed",
          String.join(", ", allowed));
      return allowed.getFirst();
    }
    return value.textValue();
  }

  /** One of {@code allowed}; the first of them where the field is left out. */
  String oneOfOrFirst(String name, List<String> allowed) {
    return body.path(name).isMissingNode() ? allowed.getFirst() : oneOf(name, allowed);
  }

  JsonNode node(String name) {
    return body.path(name);
  }

  void wrong(String field, String problem, String allowed) {
    problems.add(new Problem.FieldError(field, problem, allowed));
  }

  /**
   * To be called once everything was read.
   *
   * @throws ProblemException 400 naming every wrong field
   */
  void check() {
    if (!problems.isEmpty()) {
      throw refusal(problems);
    }
  }

  private static ProblemException refusal(List<Problem.FieldError> problems) {
    return new ProblemException(
        Problem.of("bad-request", "The request is not valid", 400, "Nothing was changed.")
            .withErrors(problems));
  }
}
