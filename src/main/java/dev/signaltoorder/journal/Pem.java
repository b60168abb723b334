package dev.signaltoorder.journal;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One block of RFC 7468 text. */
final class Pem {
  private static final int LINE = 64;

  private Pem() {}

  /**
   * @param label "PUBLIC KEY", "PRIVATE KEY"
   * @throws IllegalArgumentException when the text has no such block; never repeats it
   */
  static byte[] decode(String text, String label) {
    Matcher block =
        Pattern.compile(
                "-----BEGIN " + label + "-----([A-Za-z0-9+/=\\s]*)-----END " + label + "-----")
            .matcher(text);
    if (!block.find()) {
      throw new IllegalArgumentException("no PEM block \"" + label + "\"");
    }
    try {
      return Base64.getMimeDecoder().decode(block.group(1));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("the PEM block \"" + label + "\" is damaged", e);
    }
  }

  static String encode(String label, byte[] der) {
    String body =
        Base64.getMimeEncoder(LINE, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(der);
    return "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n";
  }
}
