package dev.signaltoorder.trading;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * The simulated world's one scheduler, true time and source of chance: everything that happens in a
 * run is an event of this queue, so a seed replays exactly.
 */
final class World {
  static final Instant START = Samples.NOW;
  private static final int MOST_EVENTS = 200_000;

  private final SplittableRandom random;
  private final boolean tracing;
  private final List<String> trace = new ArrayList<>();
  private final PriorityQueue<Event> events = new PriorityQueue<>();
  private long nowMicros;
  private long tickets;
  private long marks;
  private int handled;
  private final double intensity;
  private boolean healed;

  private record Event(long atMicros, long ticket, Runnable action) implements Comparable<Event> {
    @Override
    public int compareTo(Event other) {
      int byTime = Long.compare(atMicros, other.atMicros);
      return byTime != 0 ? byTime : Long.compare(ticket, other.ticket);
    }
  }

  World(long seed, boolean tracing) {
    this(seed, tracing, false);
  }

  /** {@code calm}: nothing ever fails. */
  World(long seed, boolean tracing, boolean calm) {
    this.random = new SplittableRandom(seed);
    this.tracing = tracing;
    this.intensity = random.nextDouble() * (calm ? 0 : 1.6);
  }

  /** True time since the start, microseconds: Kraken's and the database's clock, and monotonic. */
  long nowMicros() {
    return nowMicros;
  }

  /** True time; a host's own clock may be off. */
  Instant now() {
    return START.plusNanos(nowMicros * 1_000);
  }

  void inMillis(long delayMillis, Runnable action) {
    events.add(new Event(nowMicros + delayMillis * 1_000, tickets++, action));
  }

  /** Runs everything up to this many seconds after the start. */
  void runUntil(long second) {
    long until = second * 1_000_000;
    while (!events.isEmpty() && events.peek().atMicros() <= until) {
      Event event = events.poll();
      nowMicros = event.atMicros();
      if (++handled > MOST_EVENTS) {
        throw new IllegalStateException("the run does not end: " + handled + " events");
      }
      event.action().run();
    }
    nowMicros = until;
  }

  long second() {
    return nowMicros / 1_000_000;
  }

  /** Numbers what happens in its true order, across all participants. */
  long mark() {
    return ++marks;
  }

  /**
   * A fault that happens with about this probability, more often in some runs than in others; none
   * any more once the world is healed.
   */
  boolean fault(double probability) {
    return random.nextDouble() < probability * intensity && !healed;
  }

  /** A choice that is no fault. */
  boolean chance(double probability) {
    return random.nextDouble() < probability;
  }

  long between(long least, long most) {
    return random.nextLong(least, most + 1);
  }

  UUID id() {
    return new UUID(
        (random.nextLong() & ~0xF000L) | 0x7000L,
        (random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L);
  }

  /** From now on nothing fails any more. */
  void heal() {
    healed = true;
    note(() -> "---- healed: nothing fails any more");
  }

  boolean healed() {
    return healed;
  }

  void note(Supplier<String> line) {
    if (tracing) {
      trace.add(String.format("%10.3f %s", nowMicros / 1e6, line.get()));
    }
  }

  List<String> trace() {
    return trace;
  }
}
