package dev.signaltoorder.report;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Raw bytes as text: as they are when they are printable UTF-8, else base64.
 *
 * @param text the text
 * @param encoding "utf-8" or "base64"
 */
record RawText(String text, String encoding) {

  static RawText of(byte[] raw) {
    try {
      String text =
          StandardCharsets.UTF_8
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT)
              .decode(ByteBuffer.wrap(raw))
              .toString();
      if (text.codePoints().allMatch(RawText::isPrintable)) {
        return new RawText(text, "utf-8");
      }
    } catch (CharacterCodingException e) {
      // Not UTF-8: the same as unprintable.
    }
    return new RawText(Base64.getEncoder().encodeToString(raw), "base64");
  }

  private static boolean isPrintable(int character) {
    return character == '\n'
        || character == '\r'
        || character == '\t'
        || !Character.isISOControl(character);
  }
}
