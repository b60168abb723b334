package dev.signaltoorder.paper;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The parameters of a call, from a query, a form body or a JSON body; blank counts as absent. */
final class Parameters {

  private static final Pattern DECIMAL = Pattern.compile("[0-9]{1,20}(\\.[0-9]{1,20})?");
  private static final Pattern INTEGER = Pattern.compile("[+-]?[0-9]{1,10}");

  private final Map<String, String> values;

  private Parameters(Map<String, String> values) {
    this.values = values;
  }

  /** Of a public call: the query. Of a private call: the body. */
  static Parameters of(ApiRequest request) throws Refusal {
    if (request.isPublic()) {
      return form(request.query());
    }
    String body = new String(request.body(), StandardCharsets.UTF_8);
    String type = request.contentType();
    if (type != null && type.toLowerCase(Locale.ROOT).startsWith("application/json")) {
      return json(request.body());
    }
    return form(body);
  }

  /** Of a call that came another way. */
  static Parameters of(Map<String, String> values) {
    return new Parameters(new LinkedHashMap<>(values));
  }

  private static Parameters form(String text) throws Refusal {
    Map<String, String> values = new LinkedHashMap<>();
    for (String field : text.split("&", -1)) {
      int equals = field.indexOf('=');
      if (equals > 0) {
        values.put(decoded(field.substring(0, equals)), decoded(field.substring(equals + 1)));
      }
    }
    return new Parameters(values);
  }

  private static String decoded(String text) throws Refusal {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new Refusal("EAPI:Bad request");
    }
  }

  private static Parameters json(byte[] body) throws Refusal {
    Map<String, String> values = new LinkedHashMap<>();
    try {
      JsonNode root = Json.read(body);
      if (!root.isObject()) {
        throw new Refusal("EAPI:Bad request");
      }
      for (Map.Entry<String, JsonNode> field : root.properties()) {
        JsonNode value = field.getValue();
        if (value.isNull()) {
          continue;
        }
        values.put(field.getKey(), text(value));
        // A nested object is the same as brackets in a form: close[price].
        value
            .properties()
            .forEach(
                inner ->
                    values.put(
                        field.getKey() + "[" + inner.getKey() + "]", text(inner.getValue())));
      }
    } catch (IOException e) {
      throw new Refusal("EAPI:Bad request");
    }
    return new Parameters(values);
  }

  static String text(JsonNode value) {
    if (value.isContainerNode()) {
      return value.toString();
    }
    return value.isBigDecimal() ? value.decimalValue().toPlainString() : value.asText();
  }

  /** Null if absent or blank. */
  @Nullable String get(String name) {
    String value = values.get(name);
    return value == null || value.isBlank() ? null : value;
  }

  boolean has(String name) {
    return get(name) != null;
  }

  /** True if any parameter's name begins so, as in {@code close[ordertype]}. */
  boolean hasPrefix(String prefix) {
    return values.keySet().stream().anyMatch(name -> name.startsWith(prefix));
  }

  boolean flag(String name) throws Refusal {
    String value = get(name);
    if (value == null || value.equalsIgnoreCase("false") || value.equals("0")) {
      return false;
    }
    if (value.equalsIgnoreCase("true") || value.equals("1")) {
      return true;
    }
    throw Refusal.invalidArgument(name);
  }

  /** A plain decimal without sign or exponent; null if absent. */
  @Nullable BigDecimal decimal(String name) throws Refusal {
    String value = get(name);
    if (value == null) {
      return null;
    }
    if (!DECIMAL.matcher(value).matches()) {
      throw Refusal.invalidArgument(name);
    }
    return new BigDecimal(value);
  }

  /** An int; null if absent. */
  @Nullable Integer integer(String name) throws Refusal {
    String value = get(name);
    if (value == null) {
      return null;
    }
    try {
      if (INTEGER.matcher(value).matches()) {
        return new BigInteger(value).intValueExact();
      }
    } catch (ArithmeticException e) {
      throw Refusal.invalidArgument(name);
    }
    throw Refusal.invalidArgument(name);
  }
}
