package dev.signaltoorder.kraken;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signaltoorder.kraken.CallOutcome.Cause;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Without the interceptors; {@link GuardedReadsTest} has them. */
class KrakenPublicClientTest {

  private final ScriptedTransport transport = new ScriptedTransport();
  private final KrakenPublicClient client =
      new KrakenPublicClient(transport, new GuardedReads(), Clock.systemUTC());

  @Test
  void numbersAreReadExactly() {
    transport.answering(
        "{\"error\":[],\"result\":{\"XXBTZUSD\":{\"asks\":[[\"67350.10\",0.10000000001000,1]]}}}");

    Answer<JsonNode> answer = client.depth("XBTUSD", 5);

    assertThat(answer)
        .isInstanceOfSatisfying(
            Answer.Success.class,
            success ->
                assertThat(((JsonNode) success.value()).at("/XXBTZUSD/asks/0/1").decimalValue())
                    .isEqualTo(new BigDecimal("0.10000000001000")));
    assertThat(answer.call().request()).isEqualTo("pair=XBTUSD&count=5");
    assertThat(answer.call().endpoint()).isEqualTo("/0/public/Depth");
    assertThat(answer.call().nonce()).isNull();
  }

  @Test
  void severalTickersAreOneCall() {
    transport.answering("{\"error\":[],\"result\":{}}");

    client.ticker(List.of("XBTUSD", "ETHUSD"));

    assertThat(transport.sent().getFirst().body()).isEqualTo("pair=XBTUSD%2CETHUSD");
  }

  @Test
  void statusOtherThanOnlineIsNotOnline() {
    transport.answering("{\"error\":[],\"result\":{\"status\":\"maintenance\"}}");

    assertThat(client.systemStatus())
        .isInstanceOfSatisfying(
            Answer.Success.class,
            success -> assertThat(success.value()).isEqualTo(new SystemStatus("maintenance")));
  }

  @Test
  void troubleIsAFailureWithItsCallAndNeverAnException() {
    transport.answering(new CallOutcome.NoReply(Cause.TIMEOUT, "x"));

    assertThat(client.time())
        .isInstanceOfSatisfying(
            Answer.Failure.class,
            failure -> {
              assertThat(failure.fromKraken()).isFalse();
              assertThat(failure.call().outcome()).isInstanceOf(CallOutcome.NoReply.class);
            });
  }

  @Test
  void krakensErrorIsAFailureInItsWords() {
    transport.answering("{\"error\":[\"EQuery:Unknown asset pair\"]}");

    assertThat(client.ticker(List.of("NOPE")))
        .isInstanceOfSatisfying(
            Answer.Failure.class,
            failure -> assertThat(failure.error()).isEqualTo("EQuery:Unknown asset pair"));
  }

  @Test
  void nonsenseIsNotAsked() {
    assertThatThrownBy(() -> client.ticker(List.of())).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> client.depth("XBTUSD", 501))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
