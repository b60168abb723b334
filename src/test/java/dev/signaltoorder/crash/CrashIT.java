package dev.signaltoorder.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * {@code kill -9} of the packaged program at every crash point, again and again. {@code
 * -Dcrash.kills=} says how often (default 50), {@code -Dcrash.places=} in how many places at the
 * same time (default 1): each has a database, an exchange and a journal of its own. {@code
 * -Dcrash.points=} names the {@link CrashPoint}s to take, with commas in between (default all);
 * {@code -Dcrash.seed=} repeats the choices of an earlier run; the moments in between are the
 * machine's.
 */
@Tag("crash")
class CrashIT {

  @Test
  void noOrderIsLostOrDoubledWhereverTheProgramIsKilled() throws Exception {
    int kills = Integer.getInteger("crash.kills", 50);
    int places = Integer.getInteger("crash.places", 1);
    long seed = Long.getLong("crash.seed", System.nanoTime());
    System.out.printf("CrashIT: seed %d, %d kills (repeat: -Dcrash.seed=%d)%n", seed, kills, seed);
    Random random = new Random(seed);
    List<Future<Kills.Reached>> running = new ArrayList<>();
    Set<CrashPoint> missed = EnumSet.noneOf(CrashPoint.class);
    Set<CrashPoint> reached = EnumSet.noneOf(CrashPoint.class);
    int done = 0;
    try (ExecutorService threads = Executors.newFixedThreadPool(places)) {
      for (int place = 1; place <= places; place++) {
        int share = kills / places + (place <= kills % places ? 1 : 0);
        Kills there = new Kills("kills-" + place, share, random.nextLong());
        running.add(threads.submit(there::run));
      }
      for (Future<Kills.Reached> place : running) {
        Kills.Reached there = place.get();
        reached.addAll(there.points());
        missed.addAll(there.missed());
        done += there.kills();
      }
    }
    System.out.printf("CrashIT: %d kills in all, no promise broken%n", done);
    missed.removeAll(reached);
    // A point that was missed once has to come again.
    if (kills >= 3 * CrashPoint.values().length) {
      assertThat(missed)
          .as("no promise was broken, but these were never reached; is the machine too slow?")
          .isEmpty();
    }
  }
}
