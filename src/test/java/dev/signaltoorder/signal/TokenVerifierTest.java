package dev.signaltoorder.signal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonPointer;
import dev.signaltoorder.signal.RefusedDelivery.Cause;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenVerifierTest {
  private static final String TOKEN = "tv-0123456789abcdef\"/é";
  private static final String ESCAPED = "tv-0123456789abcdef\\\"\\/\\u00e9";
  private static final JsonPointer FIELD = JsonPointer.compile("/auth/token");
  private static final TokenHashes HASHES = hashes("some-other-token-123", TOKEN);

  @Test
  void acceptsTheTokenInTheBodyAndTakesOnlyItAway() {
    String body = "{\"auth\" :{ \"token\":\"" + ESCAPED + "\"}, \"price\":1.50 }";

    Verification result = TokenVerifier.verify(delivery(null, null, body), HASHES, FIELD);

    assertThat(keptOf(result)).isEqualTo("{\"auth\" :{ \"token\":\"***\"}, \"price\":1.50 }");
  }

  @Test
  void acceptsTheTokenAsLastPathSegment() {
    Verification result = TokenVerifier.verify(delivery(TOKEN, null, "{\"a\":1}"), HASHES, null);

    assertThat(keptOf(result)).isEqualTo("{\"a\":1}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"auth\":{\"token\":\"%s\"},\"text\":\"see %s here\"}",
        "{\"auth\":{\"token\":\"%s\"},\"%s\":{\"x\":[\"%s\",\"%s\"]}}",
        "{\"auth\":{\"token\":\"%s\"},\"text\":\"\\\\\\\"%s\"}"
      })
  void leaksTheTokenFromNowhereElse(String template) throws Exception {
    String body = template.replace("%s", ESCAPED);

    String kept = keptOf(TokenVerifier.verify(delivery(null, null, body), HASHES, FIELD));

    assertThat(kept).doesNotContain("0123456789abcdef");
    assertThat(StrictJson.parse(kept.getBytes(UTF_8)).isObject()).isTrue();
  }

  @Test
  void takesTheTokenOutOfABodyThatIsNoJson() {
    String token = "plain-token-0123456789";
    String body = "buy " + token + " and \"" + token + " unterminated \\";

    String kept = keptOf(TokenVerifier.verify(delivery(token, null, body), hashes(token), null));

    assertThat(kept).doesNotContain("0123456789").startsWith("buy *** and ");
  }

  @Test
  void takesATokenOfDigitsOutOfANumber() {
    String token = "12345678901234567890";

    String kept =
        keptOf(
            TokenVerifier.verify(
                delivery(token, null, "{\"n\":" + token + "}"), hashes(token), null));

    assertThat(kept).isEqualTo("{\"n\":***}");
  }

  @Test
  void refusesWrongMissingAndMisplacedTokens() {
    String inBody = "{\"auth\":{\"token\":\"" + ESCAPED + "\"}}";

    assertBadToken(delivery(null, null, "{\"auth\":{\"token\":\"wrong-0123456789abc\"}}"), FIELD);
    assertBadToken(delivery(null, null, "{\"auth\":{\"token\":[\"" + ESCAPED + "\"]}}"), FIELD);
    assertBadToken(delivery(null, null, "{\"token\":\"" + ESCAPED + "\"}"), FIELD);
    assertBadToken(delivery(null, null, inBody + "{}"), FIELD);
    assertBadToken(delivery(null, null, ""), FIELD);
    assertBadToken(delivery(TOKEN, null, "{}"), FIELD);
    assertBadToken(delivery(null, null, inBody), null);
    assertBadToken(delivery("", null, inBody), null);
    assertBadToken(delivery("x".repeat(10_000), null, inBody), null);
  }

  @Test
  void refusesATokenThatIsTooShortEvenIfItsHashIsListed() {
    String shortest = "0123456789abcdef";
    String tooShort = "0123456789abcde";

    assertThat(TokenVerifier.verify(delivery(shortest, null, "{}"), hashes(shortest), null))
        .isInstanceOf(Verification.Authentic.class);
    assertThat(TokenVerifier.verify(delivery(tooShort, null, "{}"), hashes(tooShort), null))
        .isEqualTo(new Verification.Refused(Cause.BAD_TOKEN));
  }

  @Test
  void refusesADeliveryIdThatIsNone() {
    assertThat(TokenVerifier.verify(delivery(TOKEN, "a.b", "{}"), HASHES, null))
        .isEqualTo(new Verification.Refused(Cause.BAD_DELIVERY_ID));
  }

  private static void assertBadToken(IncomingDelivery delivery, @Nullable JsonPointer field) {
    assertThat(TokenVerifier.verify(delivery, HASHES, field))
        .isEqualTo(new Verification.Refused(Cause.BAD_TOKEN));
  }

  private static String keptOf(Verification result) {
    assertThat(result).isInstanceOf(Verification.Authentic.class);
    return new String(((Verification.Authentic) result).body(), UTF_8);
  }

  private static IncomingDelivery delivery(
      @Nullable String pathToken, @Nullable String id, String body) {
    return new IncomingDelivery(
        "tv", pathToken, id, null, null, "192.0.2.7", List.of(), body.getBytes(UTF_8));
  }

  static TokenHashes hashes(String... tokens) {
    return TokenHashes.parse(
        java.util.Arrays.stream(tokens)
            .map(t -> new SecretsFile.Line(1, "sha256:" + Sha256.hexOf(t.getBytes(UTF_8))))
            .toList(),
        problem -> {
          throw new IllegalArgumentException(problem);
        });
  }
}
