package dev.signaltoorder.kraken;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signaltoorder.kraken.CallOutcome.Cause;
import dev.signaltoorder.testing.ServiceProfile;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** With the real interceptors. The last test opens the breaker, so it is the last. */
@QuarkusTest
@TestProfile(ServiceProfile.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PrivateReadsTest {

  private static final CallOutcome LOST = new CallOutcome.NoReply(Cause.CONNECTION_LOST, "x");
  private static final CallOutcome LATE = new CallOutcome.NoReply(Cause.TIMEOUT, "x");
  private static final CallOutcome GOOD = Calls.reply(200, "{\"error\":[],\"result\":{}}");
  private static final CallOutcome DENIED =
      Calls.reply(200, "{\"error\":[\"EGeneral:Permission denied\"]}");

  @Inject PrivateReads guard;

  private int made;

  private @Nullable CallOutcome read(CallOutcome... outcomes) {
    Deque<CallOutcome> answers = new ArrayDeque<>(List.of(outcomes));
    CallRecord record =
        guard.make(
            () -> {
              made++;
              return Calls.ended(answers.size() > 1 ? answers.removeFirst() : answers.getFirst());
            });
    return record == null ? null : record.outcome();
  }

  @Test
  @Order(1)
  void aLostConnectionIsTriedOnceMore() {
    assertThat(read(LOST, GOOD)).isEqualTo(GOOD);
    assertThat(made).isEqualTo(2);
  }

  @Test
  @Order(2)
  void whatKrakenAnswersIsNotRepeated() {
    assertThat(read(DENIED, GOOD)).isEqualTo(DENIED);
    assertThat(read(GOOD, LOST)).isEqualTo(GOOD);
    assertThat(made).isEqualTo(2);
  }

  @Test
  @Order(3)
  void silenceIsNotRepeatedBecauseOrdersWaitBehindIt() {
    assertThat(read(LATE, GOOD)).isEqualTo(LATE);
    assertThat(made).isEqualTo(1);
  }

  @Test
  @Order(4)
  void afterManyTroublesNoCallIsMadeForAWhile() {
    for (int i = 0; i < 12; i++) {
      read(LATE);
    }
    int before = made;

    assertThat(read(GOOD)).isNull();
    assertThat(made).isEqualTo(before);
  }
}
