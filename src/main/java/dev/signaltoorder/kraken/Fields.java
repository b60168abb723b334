package dev.signaltoorder.kraken;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Strict reading of one JSON object's fields: Kraken sends the same field as text or number, but a
 * missing or odd one is an unreadable answer, never a zero.
 */
final class Fields {

  private static final int MAX_LENGTH = 64;
  private static final int MAX_SCALE = 30;
  private static final BigDecimal MICROS = BigDecimal.valueOf(1_000_000);
  private static final long MAX_SECONDS = 253_402_300_799L;

  private final JsonNode object;

  private Fields(JsonNode object) {
    this.object = object;
  }

  static Fields of(JsonNode node, String what) throws UnreadableAnswerException {
    if (!node.isObject()) {
      throw new UnreadableAnswerException(what + " is not an object");
    }
    return new Fields(node);
  }

  boolean has(String name) {
    return object.has(name);
  }

  /** A decimal, as text or number. */
  BigDecimal decimal(String name) throws UnreadableAnswerException {
    JsonNode node = object.path(name);
    BigDecimal value = null;
    if (node.isNumber()) {
      value = node.decimalValue();
    } else if (node.isTextual() && node.textValue().length() <= MAX_LENGTH) {
      try {
        value = new BigDecimal(node.textValue());
      } catch (NumberFormatException e) {
        value = null;
      }
    }
    // The bounds keep a text such as 1e999999999 from becoming a gigabyte of digits later.
    if (value == null || Math.abs(value.scale()) > MAX_SCALE) {
      throw new UnreadableAnswerException(name + " is missing or not a decimal");
    }
    return value;
  }

  BigDecimal notNegative(String name) throws UnreadableAnswerException {
    BigDecimal value = decimal(name);
    if (value.signum() < 0) {
      throw new UnreadableAnswerException(name + " is negative");
    }
    return value;
  }

  int count(String name) throws UnreadableAnswerException {
    try {
      int value = decimal(name).intValueExact();
      if (value >= 0) {
        return value;
      }
    } catch (ArithmeticException e) {
      // said below
    }
    throw new UnreadableAnswerException(name + " is not a count");
  }

  String text(String name) throws UnreadableAnswerException {
    String value = optionalText(name);
    if (value == null) {
      throw new UnreadableAnswerException(name + " is missing");
    }
    return value;
  }

  /** Null if absent, null or blank. */
  @Nullable String optionalText(String name) throws UnreadableAnswerException {
    JsonNode node = object.path(name);
    if (node.isMissingNode() || node.isNull()) {
      return null;
    }
    if (!node.isTextual()) {
      throw new UnreadableAnswerException(name + " is not text");
    }
    return node.textValue().isBlank() ? null : node.textValue();
  }

  /** Seconds since 1970 with a fraction, cut to microseconds. */
  Instant time(String name) throws UnreadableAnswerException {
    Instant value = optionalTime(name);
    if (value == null) {
      throw new UnreadableAnswerException(name + " is missing");
    }
    return value;
  }

  /** Null if absent, null or zero: Kraken writes an unset time as 0. */
  @Nullable Instant optionalTime(String name) throws UnreadableAnswerException {
    if (object.path(name).isMissingNode() || object.path(name).isNull()) {
      return null;
    }
    BigDecimal seconds = notNegative(name);
    if (seconds.signum() == 0) {
      return null;
    }
    if (seconds.compareTo(BigDecimal.valueOf(MAX_SECONDS)) > 0) {
      throw new UnreadableAnswerException(name + " is no time");
    }
    long micros = seconds.multiply(MICROS).setScale(0, RoundingMode.DOWN).longValueExact();
    return Instant.ofEpochSecond(
        Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1000L);
  }
}
