package dev.signaltoorder.kraken;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Also for a Kraken that does not offer GetApiKeyInfo. */
class KeysCheckTest {

  private static final String GOOD =
      """
      {"error":[],"result":{"ip_allowlist":["10.0.0.1"],"permissions":["query-funds",
       "query-open-trades","query-closed-trades","modify-trades"]}}
      """;
  private static final String UNKNOWN = "{\"error\":[\"EGeneral:Unknown method\"]}";
  private static final String DENIED = "{\"error\":[\"EGeneral:Permission denied\"]}";
  private static final String BALANCE = "{\"error\":[],\"result\":{\"ZUSD\":\"1\"}}";
  private static final String METHODS =
      "{\"error\":[],\"result\":[{\"asset\":\"XXBT\",\"method\":\"Bitcoin\"}]}";

  private final MovableClock clock = new MovableClock(Instant.parse("2026-11-22T10:00:00Z"));
  private final List<String> asked = new ArrayList<>();
  private final Deque<String> answers = new ArrayDeque<>();

  private void answer(PrivateCall call) {
    asked.add(call.endpoint());
    assertThat(call.priority()).isEqualTo(PrivateCall.Priority.KEY_CHECK);
    CallOutcome answer = Calls.reply(200, answers.removeFirst());
    call.done().accept(Calls.ended(call.redaction().apply(answer)));
  }

  private KeysReport check(KeysCheck check, KeyRole role, String... bodies) {
    asked.clear();
    answers.addAll(List.of(bodies));
    List<KeysReport> reports = new ArrayList<>();
    check.run(List.of(role), r -> this::answer, reports::add);
    assertThat(reports).hasSize(1);
    assertThat(answers).isEmpty();
    return reports.getFirst();
  }

  private KeysCheck refusing() {
    return new KeysCheck(clock, false, () -> false);
  }

  @Test
  void aGoodKeyIsUsableAndAskedAboutOnce() {
    KeysReport report = check(refusing(), KeyRole.BOTH, GOOD);

    assertThat(report.usable()).isTrue();
    assertThat(report.warnings()).isEmpty();
    assertThat(report.fingerprints()).isEqualTo("0123456789ab");
    assertThat(asked).containsExactly("GetApiKeyInfo");
  }

  @Test
  void withoutKeyInformationWithdrawingIsRuledOutAndTheRestIsSaid() {
    KeysReport refused = check(refusing(), KeyRole.BOTH, UNKNOWN, BALANCE, DENIED);

    assertThat(asked).containsExactly("GetApiKeyInfo", "Balance", "WithdrawMethods");
    assertThat(refused.answered()).isTrue();
    assertThat(refused.usable()).isFalse();
    assertThat(refused.refusals().getFirst())
        .contains("withdrawing was ruled out, but not depositing, Earn and changing withdrawal")
        .contains("signal-to-order.kraken.unproven-keys=accept");
    assertThat(refused.calls()).hasSize(3);

    KeysReport accepted =
        check(new KeysCheck(clock, true, () -> false), KeyRole.BOTH, UNKNOWN, BALANCE, DENIED);

    assertThat(accepted.usable()).isTrue();
    assertThat(accepted.warnings().getFirst()).contains("withdrawing was ruled out, but not");
  }

  @Test
  void aKeyThatSeesWithdrawalMethodsCanWithdrawAndIsNeverAccepted() {
    KeysReport report =
        check(new KeysCheck(clock, true, () -> false), KeyRole.BOTH, UNKNOWN, BALANCE, METHODS);

    assertThat(report.refusals())
        .containsExactly("the key can withdraw funds: remove this permission");
    assertThat(report.calls().toString()).doesNotContain("Bitcoin");
    CallOutcome.Reply methods = (CallOutcome.Reply) report.calls().getLast().outcome();
    assertThat(new String(methods.body(), UTF_8)).doesNotContain("Bitcoin");
  }

  @Test
  void aDeniedBalanceProvesNothingAndStopsTheProbe() {
    KeysReport both = check(new KeysCheck(clock, true, () -> false), KeyRole.READ, UNKNOWN, DENIED);

    assertThat(asked).containsExactly("GetApiKeyInfo", "Balance");
    assertThat(both.refusals()).containsExactly("the key lacks the permission query-funds");

    KeysReport trade =
        check(new KeysCheck(clock, true, () -> false), KeyRole.TRADE, UNKNOWN, DENIED);

    assertThat(trade.usable()).isTrue();
    assertThat(trade.warnings().getFirst()).contains("nothing could be ruled out");
  }

  @Test
  void aProbeIsNotRepeatedEveryHour() {
    KeysCheck check = refusing();
    KeysReport first = check(check, KeyRole.BOTH, UNKNOWN, BALANCE, DENIED);

    KeysReport second = check(check, KeyRole.BOTH, UNKNOWN);

    assertThat(asked).containsExactly("GetApiKeyInfo");
    assertThat(second.refusals()).isEqualTo(first.refusals());
  }

  @Test
  void aProbeThatGotNoAnswerIsAskedAgain() {
    KeysCheck check = refusing();
    KeysReport report =
        check(check, KeyRole.BOTH, UNKNOWN, BALANCE, "{\"error\":[\"EService:Unavailable\"]}");

    assertThat(report.answered()).isFalse();
    check(check, KeyRole.BOTH, UNKNOWN, BALANCE, DENIED);
    assertThat(asked).hasSize(3);
  }

  @Test
  void anErrorThatSaysNothingOfTheKeyIsNoAnswer() {
    KeysReport report = check(refusing(), KeyRole.BOTH, "{\"error\":[\"EService:Unavailable\"]}");

    assertThat(report.answered()).isFalse();
    assertThat(report.usable()).isFalse();
    assertThat(asked).containsExactly("GetApiKeyInfo");
  }

  @Test
  void aKeyThatCannotListenIsUsableAndSaidWhereListeningIsWanted() {
    KeysCheck listening = new KeysCheck(clock, false, () -> true);

    KeysReport without = check(listening, KeyRole.BOTH, GOOD);
    KeysReport with =
        check(
            listening,
            KeyRole.BOTH,
            GOOD.replace("modify-trades", "modify-trades\",\"create-ws-token"));

    assertThat(without.usable()).isTrue();
    assertThat(without.warnings())
        .singleElement()
        .asString()
        .contains("create-ws-token", "by REST alone");
    assertThat(with.warnings()).isEmpty();
  }

  @Test
  void theKeyThatOnlyTradesNeedNotListen() {
    KeysReport trade = check(new KeysCheck(clock, false, () -> true), KeyRole.TRADE, GOOD);

    assertThat(trade.warnings()).isEmpty();
  }
}
