package dev.signaltoorder.trading;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/**
 * Times as facts have them, {@code 2026-11-22T10:15:30.004567Z}, read digit by digit: a decision
 * holds some two dozen, and a general parser takes a microsecond for each. Any other form goes to
 * that.
 */
final class PlainInstants extends JsonDeserializer<Instant> {
  private static final String SHAPE = "0000-00-00T00:00:00";
  private static final int NANO_DIGITS = 9;

  @Override
  public Instant deserialize(JsonParser parser, DeserializationContext context) throws IOException {
    return of(parser.getText());
  }

  /**
   * @throws DateTimeException when it is no time
   */
  static Instant of(String text) {
    return isPlain(text) ? plain(text) : Instant.parse(text);
  }

  private static boolean isPlain(String text) {
    int last = text.length() - 1;
    if (last < SHAPE.length() || text.charAt(last) != 'Z') {
      return false;
    }
    for (int i = 0; i < SHAPE.length(); i++) {
      char shape = SHAPE.charAt(i);
      if (shape == '0' ? !isDigit(text.charAt(i)) : text.charAt(i) != shape) {
        return false;
      }
    }
    if (last == SHAPE.length()) {
      return true;
    }
    int digits = last - SHAPE.length() - 1;
    boolean fraction = text.charAt(SHAPE.length()) == '.' && digits > 0 && digits <= NANO_DIGITS;
    for (int i = SHAPE.length() + 1; fraction && i < last; i++) {
      fraction = isDigit(text.charAt(i));
    }
    return fraction;
  }

  private static boolean isDigit(char character) {
    return character >= '0' && character <= '9';
  }

  private static Instant plain(String text) {
    int last = text.length() - 1;
    int nanos = 0;
    for (int i = 0; i < NANO_DIGITS; i++) {
      int at = SHAPE.length() + 1 + i;
      nanos = nanos * 10 + (at < last ? text.charAt(at) - '0' : 0);
    }
    return LocalDateTime.of(
            number(text, 0, 4),
            number(text, 5, 7),
            number(text, 8, 10),
            number(text, 11, 13),
            number(text, 14, 16),
            number(text, 17, 19),
            nanos)
        .toInstant(ZoneOffset.UTC);
  }

  private static int number(String text, int from, int to) {
    int number = 0;
    for (int i = from; i < to; i++) {
      number = number * 10 + text.charAt(i) - '0';
    }
    return number;
  }
}
