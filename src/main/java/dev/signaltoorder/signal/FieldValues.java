package dev.signaltoorder.signal;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signaltoorder.signal.PayloadReading.Located;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads single values. A wrong value gives null and a problem; the caller goes on, so that all
 * problems are found in one pass.
 */
final class FieldValues {
  private static final int DIGITS_MAX = 18;
  private static final int NUMBER_CHARACTERS_MAX = 64;
  private static final String NUMBER_ALLOWED =
      "a number as JSON number or string, at most 18 digits on each side of the point";
  private static final Pattern NUMBER =
      Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]{1,4})?");
  private static final String TIME_ALLOWED =
      "an RFC 3339 time with offset from the year 2000 on, 2026-11-22T10:15:30.123Z";
  private static final Pattern TIME =
      Pattern.compile(
          "[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?"
              + "([Zz]|[+-][0-9]{2}:[0-9]{2})");
  private static final Instant FIRST_TIME = Instant.parse("2000-01-01T00:00:00Z");

  private final PayloadReading reading;

  FieldValues(PayloadReading reading) {
    this.reading = reading;
  }

  /** Text of 1 to {@code charactersMax}, stripped; blank counts as absent. */
  @Nullable String text(@Nullable Located found, int charactersMax, boolean linesAllowed) {
    if (found == null) {
      return null;
    }
    JsonNode value = found.value();
    String allowed = "text of at most " + charactersMax + " characters without control characters";
    if (!value.isTextual() && !value.isNumber()) {
      reading.add(found.where(), "is " + kindOf(value) + ", not text", allowed);
      return null;
    }
    String text = value.asText().strip();
    if (text.length() > charactersMax) {
      reading.add(found.where(), "has " + text.length() + " characters", allowed);
      return null;
    }
    if (!text.codePoints().allMatch(c -> mayStandInText(c, linesAllowed))) {
      reading.add(found.where(), "holds control characters or broken Unicode", allowed);
      return null;
    }
    return text.isEmpty() ? null : text;
  }

  /** Text that must be there and must not be blank. */
  @Nullable String requiredText(SignalField field, int charactersMax) {
    Located found = reading.require(field, "text of 1 to " + charactersMax + " characters");
    if (found != null && found.value().isTextual() && found.value().asText().isBlank()) {
      reading.add(found.where(), "is blank", "text of 1 to " + charactersMax + " characters");
      return null;
    }
    return text(found, charactersMax, false);
  }

  /** One of an enum's names, after the source's translations; upper and lower case are one. */
  <E extends Enum<E>> @Nullable E oneOf(SignalField field, @Nullable Located found, Class<E> type) {
    if (found == null) {
      return null;
    }
    String allowed =
        String.join(", ", Arrays.stream(type.getEnumConstants()).map(Enum::name).toList());
    if (!found.value().isTextual()) {
      reading.add(found.where(), "is " + kindOf(found.value()) + ", not text", allowed);
      return null;
    }
    String sent = found.value().asText();
    String ours = reading.rules().translate(field, sent).strip().toUpperCase(Locale.ROOT);
    for (E constant : type.getEnumConstants()) {
      if (constant.name().equals(ours)) {
        return constant;
      }
    }
    reading.add(found.where(), "is " + excerpt(sent), allowed);
    return null;
  }

  /** An exact number within {@code range}. */
  @Nullable BigDecimal number(SignalField field, @Nullable Located found, NumberRange range) {
    if (found == null) {
      return null;
    }
    BigDecimal number = exactNumber(field, found);
    if (number != null && !range.contains(number)) {
      reading.add(found.where(), "is " + number.toPlainString(), range.description());
      return null;
    }
    return number;
  }

  /** A whole number of at most 18 digits, not negative. */
  @Nullable Long wholeNumber(SignalField field, @Nullable Located found) {
    BigDecimal number = number(field, found, NumberRange.NOT_NEGATIVE);
    if (found == null || number == null) {
      return null;
    }
    if (number.stripTrailingZeros().scale() > 0) {
      reading.add(found.where(), "is " + number.toPlainString(), "a whole number");
      return null;
    }
    return number.longValueExact();
  }

  /** A time, in UTC, cut to microseconds. */
  @Nullable Instant time(SignalField field, @Nullable Located found) {
    if (found == null) {
      return null;
    }
    if (!found.value().isTextual()) {
      reading.add(found.where(), "is " + kindOf(found.value()) + ", not text", TIME_ALLOWED);
      return null;
    }
    String text = reading.rules().translate(field, found.value().asText()).strip();
    if (text.length() <= NUMBER_CHARACTERS_MAX && TIME.matcher(text).matches()) {
      try {
        Instant time =
            OffsetDateTime.parse(
                    text.toUpperCase(Locale.ROOT), DateTimeFormatter.ISO_OFFSET_DATE_TIME)
                .toInstant()
                .truncatedTo(ChronoUnit.MICROS);
        if (!time.isBefore(FIRST_TIME)) {
          return time;
        }
      } catch (DateTimeException e) {
        // A day or hour that does not exist: the problem below says it.
      }
    }
    reading.add(found.where(), "is " + excerpt(text), TIME_ALLOWED);
    return null;
  }

  private @Nullable BigDecimal exactNumber(SignalField field, Located found) {
    JsonNode value = found.value();
    BigDecimal number = null;
    if (value.isNumber()) {
      number = value.decimalValue();
    } else if (value.isTextual()) {
      String text = reading.rules().translate(field, value.asText()).strip();
      if (text.length() <= NUMBER_CHARACTERS_MAX && NUMBER.matcher(text).matches()) {
        number = new BigDecimal(text);
      }
    }
    if (number == null) {
      String sent = value.isTextual() ? excerpt(value.asText()) : kindOf(value);
      reading.add(found.where(), "is " + sent + ", not a number", NUMBER_ALLOWED);
      return null;
    }
    if (!withinDigits(number)) {
      reading.add(found.where(), "has too many digits", NUMBER_ALLOWED);
      return null;
    }
    // 1e3 is 1000: no negative scale leaves here, so the number prints as it is meant.
    return number.scale() < 0 ? number.setScale(0) : number;
  }

  private static boolean withinDigits(BigDecimal number) {
    if (number.signum() == 0) {
      return Math.abs((long) number.scale()) <= DIGITS_MAX;
    }
    // long: the scale of 1e2147483647 does not survive int arithmetic.
    long integerDigits = (long) number.precision() - number.scale();
    return integerDigits <= DIGITS_MAX && number.scale() <= DIGITS_MAX;
  }

  private static boolean mayStandInText(int codePoint, boolean linesAllowed) {
    if (codePoint == '\n' || codePoint == '\r' || codePoint == '\t') {
      return linesAllowed;
    }
    return switch (Character.getType(codePoint)) {
      // FORMAT holds the marks that turn the writing direction: what a reviewer sees must be so.
      // The joiners of emoji and of some scripts are in it too and are harmless.
      case Character.FORMAT -> codePoint == 0x200C || codePoint == 0x200D;
      case Character.CONTROL, Character.SURROGATE -> false;
      case Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> linesAllowed;
      default -> true;
    };
  }

  /** What was sent, short and printable. */
  static String excerpt(String sent) {
    String cut = sent.length() > 40 ? sent.substring(0, 40) + "…" : sent;
    StringBuilder printable = new StringBuilder("\"");
    cut.codePoints().forEach(c -> printable.appendCodePoint(mayStandInText(c, false) ? c : '?'));
    return printable.append('"').toString();
  }

  private static String kindOf(JsonNode value) {
    return switch (value.getNodeType()) {
      case OBJECT -> "an object";
      case ARRAY -> "a list";
      case BOOLEAN -> "a truth value";
      case NUMBER -> "a number";
      case STRING -> "text";
      default -> "nothing";
    };
  }
}
