package dev.signaltoorder.kraken;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StandstillTest {

  private static final Instant NOW = Instant.ofEpochSecond(1_716_287_000);

  private final Standstill standstill = new Standstill(RestTier.PRO);

  private void learn(String error) {
    standstill.learn(Calls.reply(200, "{\"error\":[\"" + error + "\"]}"), NOW);
  }

  @ParameterizedTest
  @CsvSource({
    "EAPI:Rate limit exceeded, 5",
    "EGeneral:Too many requests, 5",
    "EService: Throttled: 1716287030, 30",
    "EService:Throttled: 1716280000, 5",
    "EService:Throttled: 9999999999, 60",
    "EAPI:Invalid key, 60",
    "EAPI:Invalid signature, 60",
    "EOrder:Rate limit exceeded, 0",
    "EOrder:Insufficient funds, 0"
  })
  void readsPauseAsTheErrorAsksAndOrdersNever(String error, int seconds) {
    learn(error);

    assertThat(standstill.waitFor(1, NOW)).isEqualTo(Duration.ofSeconds(seconds));
    assertThat(standstill.waitFor(0, NOW)).isZero();
    assertThat(standstill.waitFor(1, NOW.plusSeconds(seconds))).isZero();
    assertThat(standstill.lockedUntil(NOW)).isNull();
  }

  @Test
  void aLockoutLastsAQuarterOfAnHour() {
    learn("EGeneral:Temporary lockout");

    assertThat(standstill.lockedUntil(NOW.plus(Duration.ofMinutes(15)).minusNanos(1))).isNotNull();
    assertThat(standstill.lockedUntil(NOW.plus(Duration.ofMinutes(15)))).isNull();
  }

  @Test
  void aLockoutOfOneKeyHoldsForTheAccountsOtherKey() {
    Lockout lockout = new Lockout();
    Standstill trade = new Standstill(RestTier.PRO, lockout);
    Standstill read = new Standstill(RestTier.PRO, lockout);

    read.learn(Calls.reply(200, "{\"error\":[\"EGeneral:Temporary lockout\"]}"), NOW);

    assertThat(trade.lockedUntil(NOW)).isEqualTo(NOW.plus(Duration.ofMinutes(15)));
  }

  @Test
  void aReplyWithoutErrorTeachesNothing() {
    assertThat(standstill.learn(Calls.reply(200, "{\"error\":[],\"result\":{}}"), NOW)).isNull();
    assertThat(standstill.learn(Calls.reply(502, "EGeneral:Temporary lockout"), NOW)).isNull();
    assertThat(standstill.waitFor(1, NOW)).isZero();
  }
}
