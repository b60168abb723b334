package dev.signaltoorder.kraken;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signaltoorder.kraken.PrivateCall.Priority;
import java.time.Duration;
import java.time.Instant;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StandstillTest {

  private static final Instant NOW = Instant.ofEpochSecond(1_716_287_000);

  private final Lockout lockout = new Lockout();
  private final Standstill standstill = new Standstill(RestTier.PRO, 0, lockout, () -> 0L);

  private void learn(String error) {
    standstill.learn(Calls.reply(200, "{\"error\":[\"" + error + "\"]}"), NOW);
  }

  private static PrivateCall call(Priority priority) {
    int cost = priority.compareTo(Priority.KEY_CHECK) < 0 ? 0 : 1;
    return new PrivateCall(
        priority,
        "Any",
        FormBody.EMPTY,
        cost,
        Toll.FREE,
        SendGate.OPEN,
        UnaryOperator.identity(),
        record -> {});
  }

  private Duration lookUpWaits(Instant now) {
    return standstill.waitFor(call(Priority.LOOK_UP), now);
  }

  @ParameterizedTest
  @CsvSource({
    "EAPI:Rate limit exceeded, 5",
    "EAuth:Rate limit exceeded, 5",
    "EGeneral:Too many requests, 5",
    "EService: Throttled: 1716287030, 30",
    "EService:Throttled: 1716280000, 5",
    "EService:Throttled: 9999999999, 60",
    "EService:Unavailable, 1",
    "EService:Busy, 1",
    "EGeneral:Internal error:5, 1",
    "EOrder:Rate limit exceeded, 0",
    "EOrder:Insufficient funds, 0",
    "EGeneral:Permission denied, 0"
  })
  void readsPauseAsTheErrorAsksAndOrdersNever(String error, int seconds) {
    learn(error);

    assertThat(lookUpWaits(NOW)).isEqualTo(Duration.ofSeconds(seconds));
    assertThat(standstill.waitFor(call(Priority.ADD_ORDER), NOW)).isZero();
    assertThat(lookUpWaits(NOW.plusSeconds(seconds))).isZero();
    assertThat(standstill.bar(call(Priority.ADD_ORDER), NOW)).isNull();
  }

  @Test
  void pausesDoubleUpToAMinuteAndASuccessEndsThat() {
    int[] seconds = {1, 2, 4, 8, 16, 32, 60, 60};
    for (int expected : seconds) {
      learn("EService:Unavailable");
      assertThat(lookUpWaits(NOW)).isEqualTo(Duration.ofSeconds(expected));
    }

    standstill.learn(Calls.reply(200, "{\"error\":[],\"result\":{}}"), NOW);
    learn("EService:Unavailable");

    assertThat(lookUpWaits(NOW.plusSeconds(1))).isZero();
  }

  @Test
  void aPauseIsUpToAFifthLongerAtRandom() {
    Standstill other = new Standstill(RestTier.PRO, 0, new Lockout(), () -> -1L);

    other.learn(Calls.reply(200, "{\"error\":[\"EGeneral:Too many requests\"]}"), NOW);

    assertThat(other.waitFor(call(Priority.LOOK_UP), NOW))
        .isBetween(Duration.ofMillis(5_900), Duration.ofMillis(6_000));
  }

  @ParameterizedTest
  @CsvSource({"EAPI:Invalid key", "EAPI:Invalid signature", "EAuth:Account temporary disabled"})
  void aRefusedKeyIsHeldForAMinuteThenTwoAndOnlyItsCheckWaits(String error) {
    learn(error);
    for (Priority priority : Priority.values()) {
      assertThat(standstill.bar(call(priority), NOW) == null)
          .as(priority.name())
          .isEqualTo(priority == Priority.KEY_CHECK);
    }
    assertThat(standstill.waitFor(call(Priority.KEY_CHECK), NOW)).isEqualTo(Duration.ofMinutes(1));

    learn(error);

    assertThat(standstill.heldUntil(NOW)).isEqualTo(NOW.plus(Duration.ofMinutes(2)));
  }

  @Test
  void aLockoutLastsAQuarterOfAnHourForAllKeysOfTheAccount() {
    Standstill otherKey = new Standstill(RestTier.PRO, 0, lockout, () -> 0L);
    learn("EGeneral:Temporary lockout");
    Instant end = NOW.plus(Duration.ofMinutes(15));

    assertThat(standstill.lockedUntil(end.minusNanos(1))).isEqualTo(end);
    assertThat(otherKey.bar(call(Priority.ADD_ORDER), end.minusNanos(1))).isNotNull();
    assertThat(otherKey.bar(call(Priority.KEY_CHECK), end.minusNanos(1))).isNotNull();
    assertThat(standstill.lockedUntil(end)).isNull();
    assertThat(otherKey.bar(call(Priority.ADD_ORDER), end)).isNull();
  }

  @Test
  void theLessUrgentCallsLeaveTheLastUnitsToTheOthers() {
    standstill.spend(15, NOW);

    assertThat(standstill.left(NOW)).isEqualTo(5);
    assertThat(standstill.waitFor(call(Priority.REST), NOW)).isEqualTo(Duration.ofSeconds(1));
    assertThat(standstill.waitFor(call(Priority.FOLLOW_UP), NOW)).isZero();
    standstill.spend(2, NOW);
    assertThat(standstill.waitFor(call(Priority.FOLLOW_UP), NOW)).isEqualTo(Duration.ofSeconds(1));
    assertThat(standstill.waitFor(call(Priority.LOOK_UP), NOW)).isZero();
    assertThat(standstill.waitFor(call(Priority.KEY_CHECK), NOW)).isZero();
  }

  @Test
  void aReplyWithoutErrorTeachesNothing() {
    assertThat(standstill.learn(Calls.reply(200, "{\"error\":[],\"result\":{}}"), NOW)).isNull();
    assertThat(standstill.learn(Calls.reply(502, "EGeneral:Temporary lockout"), NOW)).isNull();
    assertThat(lookUpWaits(NOW)).isZero();
  }
}
