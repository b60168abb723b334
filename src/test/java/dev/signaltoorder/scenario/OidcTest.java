package dev.signaltoorder.scenario;

import static dev.signaltoorder.testing.SignInProfile.ISSUER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.signaltoorder.testing.Answer;
import dev.signaltoorder.testing.LogWatch;
import dev.signaltoorder.testing.Person;
import dev.signaltoorder.testing.RunningService;
import dev.signaltoorder.testing.SignInProfile;
import dev.signaltoorder.testing.TokenIssuer;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.assertj.core.api.SoftAssertions;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.keys.HmacKey;
import org.junit.jupiter.api.Test;

/** People who come with a token of the OpenID Connect issuer, and those who only say so. */
@QuarkusTest
@TestProfile(SignInProfile.class)
class OidcTest extends RunningService {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final String REPORT = "/audit/report";
  private static final String HALT = "/operations/halt";
  private static final String METRICS = "/q/metrics";

  @Test
  void theRolesAreThoseThatTheSettingsGiveForTheWordsInTheToken() {
    SoftAssertions all = new SoftAssertions();
    judge(all, "a mapped word", program(ISSUER.token("r", "auditors")), 200, 403);
    judge(all, "another mapped word", program(ISSUER.token("r", "trading-reviewers")), 200, 403);
    judge(all, "the role's own name", program(ISSUER.token("o", "operator")), 403, 400);
    judge(all, "both", program(ISSUER.token("b", "operator", "auditors")), 200, 400);
    judge(all, "not good here", program(ISSUER.token("m", "metrics")), 403, 403);
    judge(all, "a name that is mapped away", program(ISSUER.token("n", "reviewer")), 403, 403);
    judge(all, "other words", program(ISSUER.token("n", "admin", "root", "**")), 403, 403);
    judge(all, "none", program(ISSUER.token("n")), 403, 403);
    JwtClaims elsewhere = ISSUER.claims("e", List.of());
    elsewhere.setStringListClaim("roles", "operator", "auditors");
    elsewhere.setStringListClaim("groups", "operator", "auditors");
    judge(all, "in other claims", program(signed(elsewhere)), 403, 403);
    all.assertAll();
  }

  private static void judge(
      SoftAssertions all, String what, Person person, int reviewing, int operating) {
    all.assertThat(person.get(REPORT).status()).as("report: %s", what).isEqualTo(reviewing);
    all.assertThat(person.call("POST", HALT, "{}").status())
        .as("halt: %s", what)
        .isEqualTo(operating);
  }

  @Test
  void metricsAreReadWithTheWordThatTheSettingsGiveForThem() {
    SoftAssertions all = new SoftAssertions();
    scraped(all, "the mapped word", ISSUER.token("s", "scrapers"), 200);
    scraped(all, "among others", ISSUER.token("s", "operator", "scrapers"), 200);
    scraped(all, "a name that is mapped away", ISSUER.token("s", "metrics"), 403);
    scraped(all, "other roles", ISSUER.token("s", "operator", "auditors"), 403);
    scraped(all, "none", ISSUER.token("s"), 403);
    all.assertAll();
    assertThat(programAtManagementPort(ISSUER.token("s", "scrapers")).get(METRICS).body())
        .contains("signal_to_order_sign_ins_total{by=\"oidc\",outcome=\"accepted\"}");
  }

  private void scraped(SoftAssertions all, String what, String token, int status) {
    all.assertThat(programAtManagementPort(token).get(METRICS).status()).as(what).isEqualTo(status);
  }

  @Test
  void factsNameThePersonByIssuerAndSubject() {
    Person person = program(ISSUER.token("7f3a|fred", "operator"));

    Answer halted = person.post(HALT, Map.of("scope", "ENTRIES", "reason", "by token"));

    assertThat(halted.status()).as(halted.body()).isEqualTo(200);
    await()
        .atMost(PATIENCE)
        .until(() -> reviewer().get("/audit/export").body().contains("oidc:7f3a|fred"));
  }

  @Test
  void whateverIsWrongWithATokenItIsRefusedAndNothingOfItIsShown() throws Exception {
    Map<String, String> tokens = badTokens();
    SoftAssertions all = new SoftAssertions();
    try (LogWatch log = LogWatch.start()) {
      tokens.forEach(
          (what, token) -> {
            Answer answer = program(token).get(REPORT);
            all.assertThat(answer.status()).as(what).isEqualTo(401);
            all.assertThat(answer.body()).as(what).contains("Sign in with valid credentials");
            Answer metrics = programAtManagementPort(token).get(METRICS);
            all.assertThat(metrics.status()).as("metrics: %s", what).isEqualTo(401);
            all.assertThat(metrics.header("WWW-Authenticate"))
                .as("metrics: %s", what)
                .startsWith("Bearer");
            all.assertThat(answer.body() + metrics.body() + log.text())
                .as(what)
                .doesNotContain(token)
                .doesNotContain(token.split("\\.", -1)[1]);
          });
    }
    all.assertAll();
  }

  private static Map<String, String> badTokens() throws Exception {
    RsaJsonWebKey strange = TokenIssuer.freshKey();
    RsaJsonWebKey pretending = TokenIssuer.freshKey();
    pretending.setKeyId(ISSUER.key().getKeyId());
    Map<String, String> tokens = new LinkedHashMap<>();
    tokens.put("a key that is not the issuer's", TokenIssuer.signed(good(), strange));
    tokens.put("a wrong signature", TokenIssuer.signed(good(), pretending));
    tokens.put("a key that it brings itself", withOwnKey(strange));
    tokens.put("no signature", unsigned());
    tokens.put("an HMAC with the public key", symmetric(publicPem()));
    tokens.put("an HMAC with the public key as JSON", symmetric(publicJson()));
    tokens.put("expired", changed(claims -> claims.setExpirationTimeMinutesInTheFuture(-1)));
    tokens.put("no end", changed(claims -> claims.unsetClaim("exp")));
    tokens.put("not yet good", changed(claims -> claims.setNotBeforeMinutesInThePast(-5)));
    tokens.put("another issuer", changed(claims -> claims.setIssuer("https://example.com")));
    tokens.put("no issuer", changed(claims -> claims.unsetClaim("iss")));
    tokens.put("another audience", changed(claims -> claims.setAudience("another-service")));
    tokens.put("no audience", changed(claims -> claims.unsetClaim("aud")));
    tokens.put("nobody", changed(claims -> claims.unsetClaim("sub")));
    tokens.put("a name with a line end", changed(claims -> claims.setSubject("a\nb")));
    String whole = signed(good());
    tokens.put("cut off", whole.substring(0, whole.length() - 8));
    tokens.put("changed", whole.replaceFirst("\\.e", ".f"));
    tokens.put("no JSON", "aaaa.no-claims-here.cccc");
    return tokens;
  }

  private static JwtClaims good() {
    return ISSUER.claims("somebody", List.of("auditors", "operator", "scrapers"));
  }

  private static String changed(Consumer<JwtClaims> change) {
    JwtClaims claims = good();
    change.accept(claims);
    return signed(claims);
  }

  private static String signed(JwtClaims claims) {
    return TokenIssuer.signed(claims, ISSUER.key());
  }

  private static String unsigned() {
    JsonWebSignature none = new JsonWebSignature();
    none.setAlgorithmConstraints(AlgorithmConstraints.NO_CONSTRAINTS);
    none.setAlgorithmHeaderValue(AlgorithmIdentifiers.NONE);
    none.setKeyIdHeaderValue(ISSUER.key().getKeyId());
    none.setPayload(good().toJson());
    return TokenIssuer.compact(none);
  }

  private static String withOwnKey(RsaJsonWebKey own) {
    JsonWebSignature signature = new JsonWebSignature();
    signature.setPayload(good().toJson());
    signature.setKey(own.getPrivateKey());
    signature.setJwkHeader(own);
    signature.setHeader("jku", "http://127.0.0.1:1/keys");
    signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.RSA_USING_SHA256);
    return TokenIssuer.compact(signature);
  }

  private static String symmetric(byte[] secret) {
    JsonWebSignature hmac = new JsonWebSignature();
    hmac.setAlgorithmHeaderValue(AlgorithmIdentifiers.HMAC_SHA256);
    hmac.setKeyIdHeaderValue(ISSUER.key().getKeyId());
    hmac.setPayload(good().toJson());
    hmac.setKey(new HmacKey(secret));
    return TokenIssuer.compact(hmac);
  }

  private static byte[] publicPem() {
    return ISSUER.key().getPublicKey().getEncoded();
  }

  private static byte[] publicJson() {
    return ISSUER
        .key()
        .toJson(JsonWebKey.OutputControlLevel.PUBLIC_ONLY)
        .getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void whatIsNoTokenOfTheIssuerIsJudgedByTheUsersFile() {
    assertThat(program("no-token-of-anybody").get(REPORT).status()).isEqualTo(401);
    assertThat(reviewer().get(REPORT).status()).isEqualTo(200);
    Answer nobody = stranger().get(REPORT);
    assertThat(nobody.status()).isEqualTo(401);
    assertThat(nobody.header("WWW-Authenticate")).containsIgnoringCase("basic");
  }

  @Test
  void aNewKeyOfTheIssuerCountsSoonAndTheOldOneNoMore() {
    Person before = program(ISSUER.token("before", "auditors"));
    assertThat(before.get(REPORT).status()).isEqualTo(200);

    ISSUER.replaceKey();

    Person after = program(ISSUER.token("after", "auditors"));
    await().atMost(PATIENCE).until(() -> after.get(REPORT).status() == 200);
    assertThat(before.get(REPORT).status()).isEqualTo(401);
  }

  @Test
  void anIssuerThatCannotBeReachedOpensNothing() throws Exception {
    Person known = program(ISSUER.token("known", "auditors"));
    await().atMost(PATIENCE).until(() -> known.get(REPORT).status() == 200);
    ISSUER.stop();
    try {
      String unknownKey = TokenIssuer.signed(good(), TokenIssuer.freshKey());
      assertThat(program(unknownKey).get(REPORT).status()).isIn(401, 503);
      assertThat(program(unsigned()).get(REPORT).status()).isIn(401, 503);
      assertThat(programAtManagementPort(unknownKey).get(METRICS).status()).isIn(401, 503);
      assertThat(programAtManagementPort(unsigned()).get(METRICS).status()).isIn(401, 503);
      assertThat(programAtManagementPort(signed(good())).get(METRICS).status())
          .as("by the keys that are known")
          .isEqualTo(200);
      assertThat(known.get(REPORT).status()).as("by the keys that are known").isEqualTo(200);
      assertThat(reviewer().get(REPORT).status()).isEqualTo(200);
    } finally {
      ISSUER.start();
    }
  }
}
