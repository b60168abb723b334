package dev.signaltoorder.operations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signaltoorder.trading.Message;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Replaced secrets, while leadership comes and goes. */
class SecretsWatchTest {
  private static final Instant NOW = Instant.parse("2026-11-26T08:00:00Z");
  private static final String MAIN = "main";

  private final Map<String, String> inForce = new TreeMap<>(Map.of("users", "a", "source x", "1"));
  private final Told record = new Told();
  private final SecretsWatch watch =
      new SecretsWatch(this::secrets, record, Clock.fixed(NOW, ZoneOffset.UTC));

  @Test
  void whatIsThereAtTheStartIsNoReplacement() {
    record.led.add(MAIN);
    watch.look();
    watch.look();

    assertThat(record.told).isEmpty();
  }

  @Test
  void aReplacementIsToldOnceToEveryAccountThatIsLed() {
    record.led.addAll(List.of(MAIN, "other"));
    watch.look();
    inForce.put("users", "b");
    watch.look();
    watch.look();

    assertThat(record.told).containsExactlyInAnyOrder("main users a b", "other users a b");
  }

  @Test
  void oneThatHappensWhileNobodyLeadsIsToldByWhoLeadsNext() {
    watch.look();
    inForce.put("users", "b");
    watch.look();
    assertThat(record.told).isEmpty();

    record.led.add(MAIN);
    watch.look();
    assertThat(record.told).containsExactly("main users a b");
    record.led.add("other");
    watch.look();
    watch.look();

    assertThat(record.told).containsExactly("main users a b", "other users a b");
  }

  @Test
  void oneThatAnotherProcessHasRecordedIsNotToldAgain() {
    watch.look();
    inForce.put("users", "b");
    record.byOthers.addAll(List.of("main users b", "other users b"));
    watch.look();
    record.byOthers.clear();
    record.led.add(MAIN);
    watch.look();

    assertThat(record.told).isEmpty();
    assertThat(record.askedSince).containsOnly(NOW.minusSeconds(60));
  }

  @Test
  void whatCouldNotBeToldIsToldLaterAsOne() {
    record.led.add(MAIN);
    watch.look();
    record.fails = true;
    inForce.put("source x", "2");
    watch.look();
    inForce.put("source x", "3");
    watch.look();
    record.fails = false;
    record.databaseIsAway = true;
    watch.look();
    assertThat(record.told).isEmpty();
    record.databaseIsAway = false;
    watch.look();

    assertThat(record.told).containsExactly("main source x 1 3");
  }

  @Test
  void whatWasTakenBackBeforeItWasOnRecordIsNothing() {
    watch.look();
    inForce.put("users", "b");
    watch.look();
    inForce.put("users", "a");
    watch.look();
    record.led.add(MAIN);
    watch.look();

    assertThat(record.told).isEmpty();
  }

  @Test
  void whatCannotBeReadForAWhileIsNoReplacementButWhatComesAfterItIs() {
    record.led.add(MAIN);
    watch.look();
    inForce.remove("source x");
    watch.look();
    inForce.put("source x", "1");
    watch.look();
    assertThat(record.told).isEmpty();

    inForce.remove("source x");
    watch.look();
    inForce.put("source x", "2");
    watch.look();

    assertThat(record.told).containsExactly("main source x 1 2");
  }

  private Map<String, InForce> secrets() {
    Map<String, InForce> now = new TreeMap<>();
    inForce.forEach((what, fingerprint) -> now.put(what, new InForce.Secrets(fingerprint)));
    return now;
  }

  private static final class Told implements SecretsJournals {
    private final Set<String> led = new HashSet<>();
    private final List<String> told = new ArrayList<>();
    private final Set<String> byOthers = new HashSet<>();
    private final List<Instant> askedSince = new ArrayList<>();
    private boolean fails;
    private boolean databaseIsAway;

    @Override
    public List<String> accounts() {
      return List.of(MAIN, "other");
    }

    @Override
    public boolean isOnRecord(String account, Message.Replacement replaced, Instant since)
        throws SQLException {
      if (databaseIsAway) {
        throw new SQLException("it is away");
      }
      askedSince.add(since);
      return byOthers.contains(account + " " + replaced.what() + " " + replaced.to());
    }

    @Override
    public boolean tell(String account, Message.Replacement replaced) {
      if (fails || !led.contains(account)) {
        return false;
      }
      told.add(String.join(" ", account, replaced.what(), replaced.from(), replaced.to()));
      return true;
    }
  }
}
