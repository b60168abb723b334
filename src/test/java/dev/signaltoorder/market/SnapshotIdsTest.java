package dev.signaltoorder.market;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SnapshotIdsTest {

  @Test
  void idsAreUuidsOfVersionSevenThatCarryTheTimeAndNeverRepeat() {
    var clock = new HandClock();
    var ids = new SnapshotIds(clock);
    var seen = new HashSet<UUID>();

    for (int i = 0; i < 1_000; i++) {
      UUID id = ids.get();

      assertThat(id.version()).isEqualTo(7);
      assertThat(id.variant()).isEqualTo(2);
      assertThat(id.getMostSignificantBits() >>> 16).isEqualTo(clock.millis());
      assertThat(seen.add(id)).isTrue();
    }
  }
}
