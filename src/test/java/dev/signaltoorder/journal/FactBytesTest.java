package dev.signaltoorder.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The bytes that are hashed, against the examples of RFC 8785 as far as facts may hold them. */
class FactBytesTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Instant TIME = Instant.parse("2026-11-22T10:00:00.000001Z");

  /** RFC 8785, sections 3.2.2 to 3.2.4, but for its numbers with fractions. */
  @Test
  void theSampleOfTheSpecificationHasItsCanonicalForm() throws Exception {
    String given =
        """
        {
          "string": "\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\"\\/",
          "literals": [null, true, false]
        }
        """;

    assertThat(bodyOf(given))
        .isEqualTo(
            "{\"literals\":[null,true,false],"
                + "\"string\":\"\u20ac$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}");
  }

  /** RFC 8785, section 3.2.3: by UTF-16 code units, so that an emoji comes before U+FB33. */
  @Test
  void propertiesAreSortedAsInTheSampleOfTheSpecification() throws Exception {
    String given =
        """
        {
          "\\u20ac": "Euro Sign",
          "\\r": "Carriage Return",
          "\\ufb33": "Hebrew Letter Dalet With Dagesh",
          "1": "One",
          "\\ud83d\\ude00": "Emoji: Grinning Face",
          "\\u0080": "Control",
          "\\u00f6": "Latin Small Letter O With Diaeresis"
        }
        """;

    assertThat(bodyOf(given))
        .containsSubsequence(
            "Carriage Return",
            "One",
            "Control",
            "Latin Small Letter O With Diaeresis",
            "Euro Sign",
            "Emoji: Grinning Face",
            "Hebrew Letter Dalet With Dagesh")
        .contains("\"\\r\":", "\"\u0080\":", "\"\ud83d\ude00\":");
  }

  /** RFC 8785, appendix B, the whole numbers that are exact and not alone in being so. */
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "-0, 0",
    "1E+3, 1000",
    "9007199254740991, 9007199254740991",
    "-9007199254740991, -9007199254740991"
  })
  void wholeNumbersThatADoubleHoldsExactlyAreWritten(BigDecimal number, String written) {
    JsonNode body = JsonNodeFactory.instance.objectNode().put("n", number);

    assertThat(canonical(body)).contains("\"body\":{\"n\":" + written + "}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.5",
        "1e-27",
        "9007199254740992",
        "-9007199254740992",
        "9223372036854775807",
        "-9223372036854775808",
        "18446744073709551617",
        "295147905179352825856",
        "1E+400"
      })
  void anyOtherNumberMustBeText(String number) {
    JsonNode body =
        JsonNodeFactory.instance
            .objectNode()
            .set("deep", JsonNodeFactory.instance.arrayNode().add(new BigDecimal(number)));

    assertThatThrownBy(() -> canonical(body))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("it must be text");
  }

  @Test
  void numbersOfEveryTypeOfNodeAreLookedAt() {
    JsonNodeFactory nodes = JsonNodeFactory.instance;
    for (JsonNode inexact :
        new JsonNode[] {
          nodes.numberNode(0.1),
          nodes.numberNode(Double.NaN),
          nodes.numberNode(Double.POSITIVE_INFINITY),
          nodes.numberNode(0.1f),
          nodes.numberNode(Long.MIN_VALUE),
          nodes.numberNode(BigInteger.TWO.pow(64).add(BigInteger.ONE))
        }) {
      assertThatThrownBy(() -> canonical(nodes.objectNode().set("n", inexact)))
          .as("%s", inexact)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  private static String bodyOf(String json) throws Exception {
    String whole = canonical(JSON.readTree(json));
    int from = whole.indexOf("\"body\":") + "\"body\":".length();
    return whole.substring(from, whole.indexOf(",\"kind\":", from));
  }

  private static String canonical(JsonNode body) {
    return new String(
        FactBytes.canonical(
            "main", 7, TIME, new JournalEntry("kind", new UUID(0, 1), null, asObject(body), null)),
        StandardCharsets.UTF_8);
  }

  private static com.fasterxml.jackson.databind.node.ObjectNode asObject(JsonNode body) {
    return (com.fasterxml.jackson.databind.node.ObjectNode) body;
  }
}
