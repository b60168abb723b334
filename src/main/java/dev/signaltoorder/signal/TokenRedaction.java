package dev.signaltoorder.signal;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Takes a token out of the raw bytes of a body, wherever it stands. */
final class TokenRedaction {
  private static final byte[] REPLACEMENT = "***".getBytes(StandardCharsets.US_ASCII);

  private TokenRedaction() {}

  /**
   * The body with {@code ***} instead of the token. In JSON every string whose value holds the
   * token, however it is escaped, becomes {@code "***"}, names too; all other bytes stay. What then
   * still spells the token, in a number or in something that is no JSON, is replaced as bytes.
   */
  static byte[] without(String token, byte[] body) {
    byte[] needle = token.getBytes(StandardCharsets.UTF_8);
    return replaceBytes(needle, replaceStrings(token, body));
  }

  /**
   * Goes from quote to quote. In valid JSON a quote outside a string starts one, so this finds
   * exactly the strings; in anything else it replaces at worst too much.
   */
  private static byte[] replaceStrings(String token, byte[] body) {
    ByteArrayOutputStream kept = new ByteArrayOutputStream(body.length);
    int at = 0;
    while (at < body.length) {
      if (body[at] != '"') {
        kept.write(body[at++]);
        continue;
      }
      int end = endOfString(body, at);
      if (valueOf(body, at, end).contains(token)) {
        kept.write('"');
        kept.writeBytes(REPLACEMENT);
        kept.write('"');
      } else {
        kept.write(body, at, end - at);
      }
      at = end;
    }
    return kept.toByteArray();
  }

  /** Index after the closing quote, or the end of the body. */
  private static int endOfString(byte[] body, int start) {
    int at = start + 1;
    while (at < body.length && body[at] != '"') {
      at += body[at] == '\\' ? 2 : 1;
    }
    return Math.min(at + 1, body.length);
  }

  private static String valueOf(byte[] body, int start, int end) {
    byte[] quoted = Arrays.copyOfRange(body, start, end);
    try {
      return StrictJson.parse(quoted).asText();
    } catch (JsonProcessingException | CharacterCodingException e) {
      return new String(quoted, StandardCharsets.UTF_8);
    }
  }

  private static byte[] replaceBytes(byte[] needle, byte[] body) {
    ByteArrayOutputStream kept = new ByteArrayOutputStream(body.length);
    int at = 0;
    while (at < body.length) {
      if (startsAt(needle, body, at)) {
        kept.writeBytes(REPLACEMENT);
        at += needle.length;
      } else {
        kept.write(body[at++]);
      }
    }
    return kept.toByteArray();
  }

  private static boolean startsAt(byte[] needle, byte[] body, int at) {
    return at + needle.length <= body.length
        && Arrays.equals(needle, 0, needle.length, body, at, at + needle.length);
  }
}
