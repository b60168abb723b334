package dev.signaltoorder.market;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads single fields of a Kraken answer and notes every one that is missing or malformed. A field
 * that cannot be read is null, never a default. Kraken sends numbers as strings in most places and
 * as JSON numbers in some; both are read.
 */
final class WireFields {

  /** Bounds the size of a number, so that no text can blow up later arithmetic. */
  private static final Pattern DECIMAL =
      Pattern.compile("-?[0-9]{1,24}(\\.[0-9]{1,24})?([eE][+-]?[0-9]{1,2})?");

  private static final int INTEGER_DIGITS_MAX = 24;
  private static final int SCALE_MAX = 30;

  private final List<String> problems = new ArrayList<>();

  /** What was wrong so far, in reading order; a copy. */
  List<String> problems() {
    return List.copyOf(problems);
  }

  void problem(String problem) {
    problems.add(problem);
  }

  /** A decimal above zero. */
  @Nullable BigDecimal positive(JsonNode node, String name) {
    if (absent(node)) {
      problem(name + " is missing");
      return null;
    }
    BigDecimal value = decimal(node);
    if (value == null) {
      problem(name + " is malformed");
      return null;
    }
    if (value.signum() <= 0) {
      problem(name + " is " + (value.signum() == 0 ? "zero" : "negative"));
      return null;
    }
    return value;
  }

  /** A whole number from 0 to {@code max}. */
  @Nullable Integer count(JsonNode node, String name, int max) {
    if (absent(node)) {
      problem(name + " is missing");
      return null;
    }
    BigDecimal value = decimal(node);
    if (value == null
        || value.stripTrailingZeros().scale() > 0
        || value.signum() < 0
        || value.compareTo(BigDecimal.valueOf(max)) > 0) {
      problem(name + " is malformed");
      return null;
    }
    return value.intValueExact();
  }

  /** A text that matches {@code form}. */
  @Nullable String text(JsonNode node, String name, Pattern form) {
    if (absent(node)) {
      problem(name + " is missing");
      return null;
    }
    String value = node.textValue();
    if (value == null || !form.matcher(value).matches()) {
      problem(name + " is malformed");
      return null;
    }
    return value;
  }

  static boolean absent(JsonNode node) {
    return node.isMissingNode() || node.isNull();
  }

  /** The number, or null if this is none, or one beyond all sense. */
  private static @Nullable BigDecimal decimal(JsonNode node) {
    BigDecimal value = node.isNumber() ? ofNumber(node) : ofText(node.textValue());
    if (value == null
        || (long) value.precision() - value.scale() > INTEGER_DIGITS_MAX
        || value.scale() > SCALE_MAX) {
      return null;
    }
    return value.scale() < 0 ? value.setScale(0) : value;
  }

  private static @Nullable BigDecimal ofText(@Nullable String text) {
    return text != null && DECIMAL.matcher(text).matches() ? new BigDecimal(text) : null;
  }

  private static @Nullable BigDecimal ofNumber(JsonNode node) {
    try {
      return node.decimalValue();
    } catch (NumberFormatException notFinite) {
      return null;
    }
  }
}
