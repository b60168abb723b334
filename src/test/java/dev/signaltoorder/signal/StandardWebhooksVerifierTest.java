package dev.signaltoorder.signal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.standardwebhooks.Webhook;
import dev.signaltoorder.signal.RefusedDelivery.Cause;
import java.security.KeyPair;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StandardWebhooksVerifierTest {
  private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  private static final String OTHER = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";
  private static final String ID = "msg_p5jXN8AQM9LWM0D4loKWxJek";
  private static final String TIMESTAMP = "1614265330";
  private static final String SIGNATURE = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
  private static final byte[] BODY = "{\"test\": 2432232314}".getBytes(UTF_8);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw|msg_p5jXN8AQM9LWM0D4loKWxJek|1614265330|"
            + "{\"test\": 2432232314}|v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
        "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD|msg_27UH4WbU6Z5A5EzD8u03UvzRbpk|1649367553|"
            + "{\"email\":\"test@example.com\",\"username\":\"test_user\"}|"
            + "v1,tZ1I4/hDygAJgO5TYxiSd6Sd0kDW6hPenDe+bTa3Kkw="
      })
  void acceptsThePublishedVectors(
      String secret, String id, String timestamp, String body, String signature) {
    Verification result =
        verifierAt(Long.parseLong(timestamp))
            .verify(
                SigningSender.delivery("demo", id, timestamp, signature, body.getBytes(UTF_8)),
                SigningSender.keys(secret));

    assertThat(result).isEqualTo(new Verification.Authentic(body(result)));
    assertThat(body(result)).isEqualTo(body.getBytes(UTF_8));
  }

  @Test
  void acceptsOneGoodSignatureAmongOthers() {
    String header =
        "v1,Ceo5qEr07ixe2NLpvHk3FH9bwy/WavXrAFQ/9tdO6mc= v2,Ceo5qEr07ixe2NLpvHk3FH9bwy "
            + SIGNATURE
            + " v1,Ceo5qEr07ixe2NLpvHk3FH9bwy/WavXrAFQ/9tdO6mc=";

    assertAuthentic(verify(ID, TIMESTAMP, header, SigningSender.keys(SECRET)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "v2,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
        "v1,",
        "v1",
        "v1,g0hM9SsE",
        "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE",
        "v1,G0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
        "g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
        "V1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
        "v1a,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
        "v1a,not base64 at all",
        "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OÉ="
      })
  void refusesEverySignatureThatIsNotQuiteRight(String header) {
    assertRefused(Cause.BAD_SIGNATURE, verify(ID, TIMESTAMP, header, SigningSender.keys(SECRET)));
  }

  @Test
  void refusesMissingHeaders() {
    SigningKeys keys = SigningSender.keys(SECRET);

    assertRefused(Cause.MISSING_SIGNATURE, verify(null, TIMESTAMP, SIGNATURE, keys));
    assertRefused(Cause.MISSING_SIGNATURE, verify(ID, null, SIGNATURE, keys));
    assertRefused(Cause.MISSING_SIGNATURE, verify(ID, TIMESTAMP, null, keys));
    assertRefused(Cause.MISSING_SIGNATURE, verify(ID, TIMESTAMP, "  ", keys));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a.b", "a b", "msg_é", "a\tb", "a\u007f", "."})
  void refusesIdsThatCouldMoveTheFieldBorder(String id) {
    String signature = SigningSender.hmac(SECRET, id, TIMESTAMP, BODY);

    assertRefused(
        Cause.BAD_DELIVERY_ID, verify(id, TIMESTAMP, signature, SigningSender.keys(SECRET)));
  }

  @Test
  void takesIdsOf128CharactersAndNotOneMore() {
    SigningKeys keys = SigningSender.keys(SECRET);
    String longest = "i".repeat(128);
    String tooLong = "i".repeat(129);

    assertAuthentic(
        verify(longest, TIMESTAMP, SigningSender.hmac(SECRET, longest, TIMESTAMP, BODY), keys));
    assertRefused(
        Cause.BAD_DELIVERY_ID,
        verify(tooLong, TIMESTAMP, SigningSender.hmac(SECRET, tooLong, TIMESTAMP, BODY), keys));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "+1614265330",
        "1614265330x",
        "-1",
        "",
        "1614265330.0",
        "161426533000",
        "١٦١٤٢٦٥٣٣٠"
      })
  void refusesTimestampsThatAreNotPlainDigits(String timestamp) {
    String signature = SigningSender.hmac(SECRET, ID, timestamp, BODY);

    assertRefused(
        Cause.BAD_TIMESTAMP, verify(ID, timestamp, signature, SigningSender.keys(SECRET)));
  }

  @Test
  void signsTheTimestampAsItWasSent() {
    // The same second, but the signature was made over the text without the zero.
    assertRefused(
        Cause.BAD_SIGNATURE, verify(ID, "0" + TIMESTAMP, SIGNATURE, SigningSender.keys(SECRET)));
  }

  @ParameterizedTest
  @CsvSource({"-301,false", "-300,true", "0,true", "300,true", "301,false"})
  void toleratesFiveMinutesBothWays(long clockAheadSeconds, boolean tolerated) {
    Verification result =
        verifierAt(Long.parseLong(TIMESTAMP) + clockAheadSeconds)
            .verify(
                SigningSender.delivery("demo", ID, TIMESTAMP, SIGNATURE, BODY),
                SigningSender.keys(SECRET));

    if (tolerated) {
      assertAuthentic(result);
    } else {
      assertRefused(Cause.STALE_TIMESTAMP, result);
    }
  }

  @Test
  void acceptsAnyOfSeveralActiveSecretsAndNoOther() {
    assertAuthentic(verify(ID, TIMESTAMP, SIGNATURE, SigningSender.keys(OTHER, SECRET)));
    assertRefused(Cause.BAD_SIGNATURE, verify(ID, TIMESTAMP, SIGNATURE, SigningSender.keys(OTHER)));
  }

  @Test
  void verifiesRawBytesNotTheirText() {
    byte[] sent = {'{', (byte) 0xff, '}'};
    byte[] sameAsText = {'{', (byte) 0xfe, '}'};
    String signature = SigningSender.hmac(SECRET, ID, TIMESTAMP, sent);
    SigningKeys keys = SigningSender.keys(SECRET);

    assertAuthentic(
        now().verify(SigningSender.delivery("demo", ID, TIMESTAMP, signature, sent), keys));
    assertRefused(
        Cause.BAD_SIGNATURE,
        now().verify(SigningSender.delivery("demo", ID, TIMESTAMP, signature, sameAsText), keys));
  }

  @Test
  void acceptsEd25519AndOnlyFromTheRightKey() {
    KeyPair pair = SigningSender.ed25519();
    String signature = SigningSender.ed25519Signature(pair.getPrivate(), ID, TIMESTAMP, BODY);
    SigningKeys right = SigningSender.keys(SigningSender.publicKeyLine(pair));
    SigningKeys wrong =
        SigningSender.keys(SigningSender.publicKeyLine(SigningSender.ed25519()), SECRET);

    assertAuthentic(verify(ID, TIMESTAMP, "v1,AAAA " + signature, right));
    assertRefused(Cause.BAD_SIGNATURE, verify(ID, TIMESTAMP, signature, wrong));
    assertRefused(
        Cause.BAD_SIGNATURE,
        now()
            .verify(
                SigningSender.delivery("demo", ID, TIMESTAMP, signature, "{}".getBytes(UTF_8)),
                right));
  }

  @Test
  void survivesAKeyThatIsNoPointOfTheCurve() {
    KeyPair pair = SigningSender.ed25519();
    String signature = SigningSender.ed25519Signature(pair.getPrivate(), ID, TIMESTAMP, BODY);
    SigningKeys keys =
        SigningSender.keys("whpk_//////////////////////////////////////////8=", SECRET);

    assertRefused(Cause.BAD_SIGNATURE, verify(ID, TIMESTAMP, signature, keys));
  }

  @Test
  void boundsTheNumberOfSignaturesItTries() {
    SigningKeys keys = SigningSender.keys(SECRET);

    assertAuthentic(verify(ID, TIMESTAMP, "v1,AA== ".repeat(15) + SIGNATURE, keys));
    assertRefused(
        Cause.BAD_SIGNATURE, verify(ID, TIMESTAMP, "v1,AA== ".repeat(16) + SIGNATURE, keys));
  }

  @Test
  void understandsTheReferenceLibraryAsSender() throws Exception {
    String body = "{\"type\":\"signal.created\",\"data\":{\"strategy\":\"é\"}}";
    String signature = new Webhook(SECRET).sign(ID, Long.parseLong(TIMESTAMP), body);

    Verification result =
        now()
            .verify(
                SigningSender.delivery("demo", ID, TIMESTAMP, signature, body.getBytes(UTF_8)),
                SigningSender.keys(SECRET));

    assertAuthentic(result);
  }

  private static Verification verify(
      @Nullable String id,
      @Nullable String timestamp,
      @Nullable String signature,
      SigningKeys keys) {
    return now().verify(SigningSender.delivery("demo", id, timestamp, signature, BODY), keys);
  }

  private static StandardWebhooksVerifier now() {
    return verifierAt(Long.parseLong(TIMESTAMP));
  }

  private static StandardWebhooksVerifier verifierAt(long epochSecond) {
    return new StandardWebhooksVerifier(
        Clock.fixed(Instant.ofEpochSecond(epochSecond), ZoneOffset.UTC));
  }

  private static byte[] body(Verification result) {
    return result instanceof Verification.Authentic authentic ? authentic.body() : new byte[] {'?'};
  }

  private static void assertAuthentic(Verification result) {
    assertThat(result).isInstanceOf(Verification.Authentic.class);
  }

  private static void assertRefused(Cause cause, Verification result) {
    assertThat(result).isEqualTo(new Verification.Refused(cause));
  }
}
