package dev.signaltoorder.kraken;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyCheckTest {

  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
  private static final List<String> NEEDED =
      List.of("query-funds", "query-open-trades", "query-closed-trades", "modify-trades");

  private static KeyInfo key(List<String> permissions) {
    return key(permissions, null);
  }

  private static KeyInfo key(List<String> permissions, @Nullable Instant validUntil) {
    return new KeyInfo(permissions, validUntil, null, null, true);
  }

  @Test
  void aKeyWithJustWhatIsNeededIsUsableWithoutAWord() {
    KeyCheck.Findings findings = KeyCheck.judge(key(NEEDED), KeyRole.BOTH, NOW);

    assertThat(findings).isEqualTo(new KeyCheck.Findings(List.of(), List.of()));
    assertThat(findings.usable()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "withdraw-funds",
        "add-funds",
        "earn-funds",
        "add-withdraw-address",
        "update-withdraw-address",
        "a-permission-of-tomorrow",
        "?"
      })
  void aPermissionTooManyIsRefused(String permission) {
    List<String> permissions = new ArrayList<>(NEEDED);
    permissions.add(permission);

    KeyCheck.Findings findings = KeyCheck.judge(key(permissions), KeyRole.BOTH, NOW);

    assertThat(findings.usable()).isFalse();
    assertThat(findings.refusals()).singleElement().asString().contains(permission);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"query-funds", "query-open-trades", "query-closed-trades", "modify-trades"})
  void aPermissionTooFewIsRefused(String permission) {
    List<String> permissions = NEEDED.stream().filter(p -> !p.equals(permission)).toList();

    assertThat(KeyCheck.judge(key(permissions), KeyRole.BOTH, NOW).refusals())
        .singleElement()
        .asString()
        .contains(permission);
  }

  @Test
  void eachOfTwoKeysNeedsOnlyItsOwnPermissions() {
    assertThat(KeyCheck.judge(key(List.of("modify-trades")), KeyRole.TRADE, NOW).usable()).isTrue();
    assertThat(KeyCheck.judge(key(NEEDED.subList(0, 3)), KeyRole.READ, NOW))
        .isEqualTo(new KeyCheck.Findings(List.of(), List.of()));
  }

  @Test
  void aReadKeyThatCanTradeIsWarnedOf() {
    assertThat(KeyCheck.judge(key(NEEDED), KeyRole.READ, NOW).warnings()).hasSize(1);
  }

  @Test
  void aKeyWithoutAddressListNearItsEndAndWithAWindowGetsThreeWarnings() {
    KeyInfo key = new KeyInfo(NEEDED, NOW.plus(Duration.ofDays(13)), NOW, null, false);

    KeyCheck.Findings findings = KeyCheck.judge(key, KeyRole.BOTH, NOW);

    assertThat(findings.usable()).isTrue();
    assertThat(findings.warnings()).hasSize(3);
  }

  @Test
  void anExpiredKeyIsRefusedAndALongValidOneNotMentioned() {
    assertThat(KeyCheck.judge(key(NEEDED, NOW), KeyRole.BOTH, NOW).usable()).isFalse();
    assertThat(KeyCheck.judge(key(NEEDED, NOW.plus(Duration.ofDays(15))), KeyRole.BOTH, NOW))
        .isEqualTo(new KeyCheck.Findings(List.of(), List.of()));
  }

  private static CallOutcome.Reply redacted(String body) {
    return (CallOutcome.Reply) KeyInfoBody.redact(Calls.reply(200, body));
  }

  @Test
  void theRecordedBodyNamesNeitherKeyNorIban() {
    CallOutcome.Reply reply =
        redacted(
            """
            {"error":[],"result":{"apiKeyName":"secret-name","apiKey":"secret-key",
             "nonce":"1","nonceWindow":0,"iban":"secret-iban","validUntil":"1772542900",
             "queryFrom":"0","queryTo":"0","ipAllowlist":["10.0.0.1"],
             "permissions":["query-funds","SECRET odd",7]}}
            """);

    assertThat(new String(reply.body(), UTF_8))
        .isEqualTo(
            "{\"error\":[],\"result\":{\"permissions\":[\"query-funds\",\"?\",\"?\"],"
                + "\"validUntil\":\"1772542900\",\"queryFrom\":\"0\",\"queryTo\":\"0\","
                + "\"addressRestricted\":true}}");
    assertThat(Answers.of(Calls.ended(reply), KeyInfoBody::read))
        .isInstanceOfSatisfying(
            Answer.Success.class,
            success ->
                assertThat(success.value())
                    .isEqualTo(
                        new KeyInfo(
                            List.of("query-funds", "?", "?"),
                            Instant.ofEpochSecond(1_772_542_900),
                            null,
                            null,
                            true)));
  }

  @Test
  void aBodyThatCannotBeReadIsNotKeptEither() {
    CallOutcome.Reply reply = redacted("{\"error\":[],\"result\":{\"apiKey\":\"secret-key\"");

    assertThat(new String(reply.body(), UTF_8)).doesNotContain("secret");
    assertThat(Answers.of(Calls.ended(reply), KeyInfoBody::read))
        .isInstanceOf(Answer.Failure.class);
  }

  @Test
  void anErrorKeepsItsTextOnly() {
    CallOutcome.Reply reply =
        redacted("{\"error\":[\"EAPI:Invalid key\"],\"result\":{\"apiKey\":\"secret-key\"}}");

    assertThat(new String(reply.body(), UTF_8)).isEqualTo("{\"error\":[\"EAPI:Invalid key\"]}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"error\":[],\"result\":{}}",
        "{\"error\":[],\"result\":{\"permissions\":\"query-funds\"}}",
        "{\"error\":[],\"result\":{\"permissions\":[],\"validUntil\":\"soon\"}}"
      })
  void aKeyWhosePermissionsOrTimesCannotBeReadIsAFailure(String body) {
    assertThat(Answers.of(Calls.ended(redacted(body)), KeyInfoBody::read))
        .isInstanceOf(Answer.Failure.class);
  }
}
