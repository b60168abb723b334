package dev.signaltoorder.signal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Reads JSON as it was meant by its writer or not at all. */
final class StrictJson {
  /** What is accepted, for messages. */
  static final String ALLOWED =
      "one JSON object in UTF-8, no name twice, at most 32 levels deep, numbers of at most 64"
          + " characters";

  private static final int DEPTH_MAX = 32;
  private static final int NUMBER_CHARACTERS_MAX = 64;
  private static final int NAME_CHARACTERS_MAX = 256;

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(DEPTH_MAX)
                          .maxNumberLength(NUMBER_CHARACTERS_MAX)
                          .maxNameLength(NAME_CHARACTERS_MAX)
                          .build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          // Otherwise 1.50 is read as 1.5: equal, but no longer what was sent.
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private StrictJson() {}

  /**
   * Reads a whole document.
   *
   * @throws JsonProcessingException not JSON, more than one value, a name twice, too deep, a number
   *     too long
   * @throws CharacterCodingException not UTF-8; other encodings are not guessed
   */
  static JsonNode parse(byte[] body) throws JsonProcessingException, CharacterCodingException {
    String text =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT)
            .decode(ByteBuffer.wrap(body))
            .toString();
    return MAPPER.readTree(text);
  }
}
