package dev.signaltoorder.trading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.signaltoorder.trading.ReplicaHouse.Replica;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;

/** Accounts are spread over the processes that live. */
class SpreadingTest {
  private static ConditionFactory soon() {
    return await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(100));
  }

  @Test
  void fourAccountsAreSharedWithAProcessThatJoinsAndTakenBackWhenItLeaves() {
    try (ReplicaHouse house = new ReplicaHouse("a", "b", "c", "d")) {
      Replica one = house.open("one");
      soon().untilAsserted(() -> assertThat(one.leads()).containsExactly("a", "b", "c", "d"));

      Replica two = house.open("two");
      soon()
          .untilAsserted(
              () -> {
                assertThat(one.leads()).hasSize(2);
                assertThat(two.leads()).hasSize(2).doesNotContainAnyElementsOf(one.leads());
              });
      long terms = house.number("select count(*) from journal where kind = 'loop-started'");
      two.close();

      soon().untilAsserted(() -> assertThat(one.leads()).containsExactly("a", "b", "c", "d"));
      assertThat(terms).as("each account moved once at most").isEqualTo(6);
    }
  }

  @Test
  void aFairShareIsRoundedUp() {
    assertThat(FairShare.of(4, 2)).isEqualTo(2);
    assertThat(FairShare.of(3, 2)).isEqualTo(2);
    assertThat(FairShare.of(1, 2)).isEqualTo(1);
    assertThat(FairShare.of(0, 3)).isEqualTo(1);
    assertThat(FairShare.of(5, 0)).isEqualTo(5);
  }

  @Test
  void aProcessWithItsShareLeavesTheRestToOthersButNotForEver() {
    assertThat(FairShare.takes(1, 2, false)).isTrue();
    assertThat(FairShare.takes(2, 2, false)).isFalse();
    assertThat(FairShare.takes(2, 2, true)).isTrue();
  }

  @Test
  void onlyWhatIsBeyondTheShareIsHandedOverAndNotWhatCameBackLately() {
    List<String> led = List.of("a", "b", "c");

    assertThat(FairShare.surplus(led, 3, account -> false)).isEmpty();
    assertThat(FairShare.surplus(led, 2, account -> false)).isEqualTo(Optional.of("c"));
    assertThat(FairShare.surplus(led, 2, "c"::equals)).isEqualTo(Optional.of("b"));
    assertThat(FairShare.surplus(led, 2, account -> true)).isEmpty();
  }
}
