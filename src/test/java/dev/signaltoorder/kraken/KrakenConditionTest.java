package dev.signaltoorder.kraken;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signaltoorder.kraken.CallOutcome.Cause;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KrakenConditionTest {

  @ParameterizedTest
  @CsvSource({
    "EService:Unavailable, AWAY",
    "EService: Unavailable, AWAY",
    "EService:Busy, AWAY",
    "EService:Timeout, AWAY",
    "EGeneral:Internal error:5, AWAY",
    "EGeneral:Temporary lockout, LOCKED_OUT",
    "EAPI:Rate limit exceeded, RATE_LIMITED",
    "EGeneral:Too many requests, RATE_LIMITED",
    "EOrder:Rate limit exceeded, RATE_LIMITED",
    "EService:Throttled: 1716287000, RATE_LIMITED",
    "EService:Market in cancel_only mode, CANCEL_ONLY",
    "EService:Market in post_only mode, POST_ONLY",
    "EOrder:Insufficient funds, WELL",
    "EAPI:Invalid nonce, WELL",
    "ENew:Thing, WELL"
  })
  void anErrorTellsOfKrakensCondition(String error, KrakenCondition expected) {
    assertThat(KrakenCondition.of(errors(error))).isEqualTo(expected);
  }

  @Test
  void theGravestOfSeveralErrorsCounts() {
    assertThat(KrakenCondition.of(errors("EOrder:Invalid price\",\"EGeneral:Temporary lockout")))
        .isEqualTo(KrakenCondition.LOCKED_OUT);
  }

  @Test
  void noUsableAnswerIsAway() {
    assertThat(KrakenCondition.of(new CallOutcome.NoReply(Cause.TIMEOUT, "")))
        .isEqualTo(KrakenCondition.AWAY);
    assertThat(KrakenCondition.of(new CallOutcome.NotSent(Cause.CONNECT_FAILED, "")))
        .isEqualTo(KrakenCondition.AWAY);
    assertThat(KrakenCondition.of(Calls.reply(502, "<html>"))).isEqualTo(KrakenCondition.AWAY);
  }

  @Test
  void whatWeRefusedOurselvesSaysNothing() {
    assertThat(KrakenCondition.of(new CallOutcome.NotSent(Cause.PERMIT_REFUSED, "")))
        .isEqualTo(KrakenCondition.NOTHING_LEARNED);
    assertThat(KrakenCondition.of(new CallOutcome.NotSent(Cause.LOCKED_OUT, "")))
        .isEqualTo(KrakenCondition.NOTHING_LEARNED);
  }

  @Test
  void aCleanAnswerIsWell() {
    assertThat(KrakenCondition.of(Calls.reply(200, "{\"error\":[\"WGeneral:x\"],\"result\":{}}")))
        .isEqualTo(KrakenCondition.WELL);
  }

  private static CallOutcome errors(String texts) {
    return Calls.reply(200, "{\"error\":[\"" + texts + "\"]}");
  }
}
