package dev.signaltoorder.kraken;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Parameters of one call in their order, and their one encoding: RFC 3986 percent-encoding, so that
 * a plus sign arrives as a plus sign. The encoded text is both signed and sent. Immutable.
 */
final class FormBody {

  static final FormBody EMPTY = new FormBody(new LinkedHashMap<>());

  private static final char[] HEX = "0123456789ABCDEF".toCharArray();

  private final Map<String, String> fields;

  private FormBody(Map<String, String> fields) {
    this.fields = Collections.unmodifiableMap(fields);
  }

  /** This and one more field; {@code null} leaves the field out. */
  FormBody with(String name, @Nullable String value) {
    if (value == null) {
      return this;
    }
    Map<String, String> more = new LinkedHashMap<>(fields);
    if (more.put(name, value) != null) {
      throw new IllegalArgumentException("field twice: " + name);
    }
    return new FormBody(more);
  }

  /** This with the nonce before all other fields. */
  FormBody withNonce(long nonce) {
    Map<String, String> more = new LinkedHashMap<>();
    more.put("nonce", Long.toString(nonce));
    fields.forEach(
        (name, value) -> {
          if (more.put(name, value) != null) {
            throw new IllegalArgumentException("field twice: " + name);
          }
        });
    return new FormBody(more);
  }

  Map<String, String> fields() {
    return fields;
  }

  /** {@code name=value&...} as it goes on the wire; pure ASCII. */
  String encoded() {
    StringBuilder out = new StringBuilder();
    fields.forEach(
        (name, value) -> {
          if (!out.isEmpty()) {
            out.append('&');
          }
          encode(name, out);
          out.append('=');
          encode(value, out);
        });
    return out.toString();
  }

  private static void encode(String text, StringBuilder out) {
    for (byte b : text.getBytes(UTF_8)) {
      char c = (char) (b & 0xff);
      if (isUnreserved(c)) {
        out.append(c);
      } else {
        out.append('%').append(HEX[c >> 4]).append(HEX[c & 0xf]);
      }
    }
  }

  private static boolean isUnreserved(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '-'
        || c == '.'
        || c == '_'
        || c == '~';
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof FormBody form && form.encoded().equals(encoded());
  }

  @Override
  public int hashCode() {
    return Objects.hash(encoded());
  }

  @Override
  public String toString() {
    return encoded();
  }
}
