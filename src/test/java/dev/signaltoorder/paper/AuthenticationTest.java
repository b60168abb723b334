package dev.signaltoorder.paper;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuthenticationTest extends PaperExchangeFixture {

  private static final String FORM = "application/x-www-form-urlencoded";

  /** The vectors that Kraken's documentation and SDK publish. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "kQH5HW/8p1uGOVjbgWA7FunAmGO8lsSUXNsu3eow76sz84Q18fWxnyRzBHCd3pd5nE9qa99HAZtuZuj6F1huXg=="
            + "|1616492376594|/0/private/AddOrder"
            + "|nonce=1616492376594&ordertype=limit&pair=XBTUSD&price=37500&type=buy&volume=1.25"
            + "|4/dpxb3iT4tp/ZCVEwSnEsLxx0bqyhLpdfOpc6fn7OR8+UClSV5n9E6aSS8MPtnRfp32bAb0nmbRn6H8ndwLUQ==",
        "AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE="
            + "|1700000000000000000|/0/private/Balance|nonce=1700000000000000000"
            + "|6i7+cpXVLDDnDOekgsRcgFQhkYFyPDSSxhSVA8OrA6vjziXcy2K1DP3n7f9B/Kgni71WjBSQusZKxduRsdF20Q==",
        "cHl0aG9uLWtyYWtlbi1zZGsgdW5pdC10ZXN0IHNlY3JldCB2YWx1ZQ=="
            + "|1616492376594|/0/private/AddOrder"
            + "|nonce=1616492376594&ordertype=limit&pair=XBTUSD"
            + "|Fo+0Uhanvs3F1byZFCjVBMLsCcRE2xLQMDpoA3Q9hawoZ0ZL35AmbknAQBlOIs4baRx9UGhzQH+/CTl9qnyp1w=="
      })
  void theExpectedSignatureIsThePublishedOne(
      String secret, String nonce, String path, String body, String signature) {
    byte[] expected =
        Gatekeeper.signature(secret, path, nonce, body.getBytes(StandardCharsets.UTF_8));

    assertThat(Base64.getEncoder().encodeToString(expected)).isEqualTo(signature);
  }

  @Test
  void aSignedFormIsAnswered() throws Exception {
    JsonNode result = trader.result("Balance");

    assertThat(result.path("ZUSD").asText()).isEqualTo("10000.0000");
    assertThat(result.path("XXBT").asText()).isEqualTo("1.0000000000");
  }

  @Test
  void aSignedJsonBodyIsAnswered() throws Exception {
    String answer =
        trader
            .postJson(
                "AddOrder",
                "\"pair\":\"XBTUSD\",\"type\":\"buy\",\"ordertype\":\"market\",\"volume\":\"0.01\"")
            .body();

    assertThat(answer).contains("\"txid\":[\"O").contains("buy 0.01000000 XBTUSD @ market");
  }

  @Test
  void anUnknownKeyIsRefused() throws Exception {
    try (TestTrader stranger =
        new TestTrader(url, new PaperAccount("nobody", "unknown", "c2VjcmV0"))) {
      assertThat(stranger.error("Balance")).isEqualTo("EAPI:Invalid key");
    }
  }

  @Test
  void aWrongSignatureIsRefusedAndUsesNoNonceUp() throws Exception {
    String body = "nonce=1700000000000000005";

    String answer =
        trader.sendSigned("/0/private/Balance", FORM, body, "c29tZXRoaW5nIGVsc2U=").body();

    assertThat(answer).isEqualTo("{\"error\":[\"EAPI:Invalid signature\"]}");
    assertThat(trader.error("Balance")).isEmpty();
  }

  @Test
  void aSignatureForAnotherPathIsRefused() throws Exception {
    PaperAccount account = server.createAccount("alice");
    String body = "nonce=1700000000000000005";
    String forBalance =
        TestTrader.sign(account.apiSecret(), "/0/private/Balance", "1700000000000000005", body);

    String answer = trader.sendSigned("/0/private/CancelAll", FORM, body, forBalance).body();

    assertThat(answer).isEqualTo("{\"error\":[\"EAPI:Invalid signature\"]}");
  }

  @Test
  void aNonceThatDoesNotRiseIsRefused() throws Exception {
    trader.result("Balance");
    trader.nonceFrom(1_700_000_000_000_000_000L);

    String error = trader.error("Balance");

    assertThat(error).isEqualTo("EAPI:Invalid nonce");
  }

  @Test
  void nonces64BitsWideAreComparedUnsigned() throws Exception {
    trader.nonceFrom(Long.MIN_VALUE + 5).result("Balance");
    trader.nonceFrom(Long.MAX_VALUE - 5);

    String error = trader.error("Balance");

    assertThat(error).isEqualTo("EAPI:Invalid nonce");
  }

  @Test
  void nonceIsKeptPerKey() throws Exception {
    trader.nonceFrom(1_900_000_000_000_000_000L).result("Balance");
    try (TestTrader second =
        new TestTrader(url, server.createKey("alice", KeyPermission.trading()))) {
      assertThat(second.error("Balance")).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "AddOrder,MODIFY_TRADES",
    "OpenOrders,QUERY_OPEN_TRADES",
    "ClosedOrders,QUERY_CLOSED_TRADES",
    "TradesHistory,QUERY_CLOSED_TRADES",
    "Balance,QUERY_FUNDS",
    "BalanceEx,QUERY_FUNDS",
    "TradeVolume,QUERY_FUNDS",
    "TradeBalance,QUERY_OPEN_TRADES",
    "WithdrawMethods,WITHDRAW_FUNDS"
  })
  void withoutItsPermissionACallIsDenied(String endpoint, KeyPermission missing) throws Exception {
    Set<KeyPermission> others = EnumSet.complementOf(EnumSet.of(missing));
    try (TestTrader limited = new TestTrader(url, server.createKey("alice", others))) {
      assertThat(limited.error(endpoint)).isEqualTo("EGeneral:Permission denied");
    }
  }

  @Test
  void eitherOfTwoPermissionsLetsAnOrderBeCancelled() throws Exception {
    Set<KeyPermission> closing = EnumSet.of(KeyPermission.CLOSE_TRADES);
    try (TestTrader limited = new TestTrader(url, server.createKey("alice", closing))) {
      assertThat(limited.error("CancelAll")).isEmpty();
      assertThat(limited.error("AddOrder", market("buy", "0.01")))
          .isEqualTo("EGeneral:Permission denied");
    }
  }

  @Test
  void aKeyCanAskForItsOwnPermissions() throws Exception {
    JsonNode info = trader.result("GetApiKeyInfo");

    assertThat(info.path("permissions").toString())
        .isEqualTo(
            "[\"query-funds\",\"query-open-trades\",\"query-closed-trades\",\"modify-trades\","
                + "\"close-trades\",\"create-ws-token\"]");
    assertThat(info.path("nonceWindow").asInt()).isZero();
    assertThat(info.path("nonce").asText()).isEqualTo("1700000000000000001");
  }

  @Test
  void keyInfoCanBeSpelledTheOtherWay() throws Exception {
    exchange.spellKeyInfoInSnakeCase(true);

    JsonNode info = trader.result("GetApiKeyInfo");

    assertThat(info.path("nonce_window").isNumber()).isTrue();
    assertThat(info.path("valid_until").asText()).isEqualTo("0");
    assertThat(info.path("ip_allowlist").isArray()).isTrue();
    assertThat(info.path("permissions").isArray()).isTrue();
    assertThat(info.has("nonceWindow")).isFalse();
  }

  @Test
  void aNonceWindowLetsCallsOvertakeEachOtherWithinIt() throws Exception {
    exchange.setNonceWindow(server.createAccount("alice").apiKey(), 100);
    trader.nonceFrom(2_000_000_000_000_000_000L);
    assertThat(trader.error("Balance")).isEmpty();
    trader.nonceFrom(2_000_000_000_000_000_000L - 50);
    assertThat(trader.error("Balance")).isEmpty();
    trader.nonceFrom(2_000_000_000_000_000_000L - 200);
    assertThat(trader.error("Balance")).isEqualTo("EAPI:Invalid nonce");
  }

  @Test
  void methodsThatAreNotSimulatedAreUnknown() throws Exception {
    assertThat(trader.error("Withdraw")).isEqualTo("EGeneral:Unknown method");
  }

  @Test
  void noSecretIsInAnyText() {
    PaperAccount account = server.createAccount("alice");

    assertThat(account.toString()).doesNotContain(account.apiSecret(), account.apiKey());
  }
}
