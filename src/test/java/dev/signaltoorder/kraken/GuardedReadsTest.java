package dev.signaltoorder.kraken;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signaltoorder.kraken.CallOutcome.Cause;
import dev.signaltoorder.testing.ServiceProfile;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Clock;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** With the real interceptors. The last test opens the breaker, so it is the last. */
@QuarkusTest
@TestProfile(ServiceProfile.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class GuardedReadsTest {

  private static final String GOOD = "{\"error\":[],\"result\":{\"unixtime\":1}}";

  @Inject GuardedReads guard;

  private final ScriptedTransport transport = new ScriptedTransport();

  private KrakenPublicClient client() {
    return new KrakenPublicClient(transport, guard, Clock.systemUTC());
  }

  @Test
  @Order(1)
  void aPassingTroubleIsRepeated() {
    transport.answering(
        Calls.reply(502, "<html>"),
        Calls.reply(200, "{\"error\":[\"EService:Busy\"]}"),
        Calls.reply(200, GOOD));

    assertThat(client().time()).isInstanceOf(Answer.Success.class);
    assertThat(transport.sent()).hasSize(3);
  }

  @Test
  @Order(2)
  void anErrorThatStaysIsNotRepeated() {
    transport.answering("{\"error\":[\"EQuery:Unknown asset pair\"]}");

    assertThat(client().time()).isInstanceOf(Answer.Failure.class);
    assertThat(transport.sent()).hasSize(1);
  }

  @Test
  @Order(3)
  void afterManyTroublesKrakenIsLeftAloneForAWhile() {
    transport.answering(new CallOutcome.NoReply(Cause.CONNECTION_LOST, "x"));
    for (int i = 0; i < 6; i++) {
      client().time();
    }
    int sent = transport.sent().size();

    Answer<?> answer = client().time();

    assertThat(answer)
        .isInstanceOfSatisfying(
            Answer.Failure.class,
            failure ->
                assertThat(failure.call().outcome()).isInstanceOf(CallOutcome.NotSent.class));
    assertThat(transport.sent()).hasSize(sent);
  }
}
