package dev.signaltoorder.trading;

import dev.signaltoorder.market.MarketSnapshot;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Judges the prices that are seen: is a pair's market thin, does it spike, is it calm again? A
 * condition begins with the first price beyond a limit and ends with the first price after a calm
 * time without one. Times are steady, so that a clock that is set neither ends nor prolongs
 * anything. Pure; what it remembers is of this process only: a condition from before the start
 * lasts for another calm time.
 */
final class MarketConditions {
  /** The minute of "move per minute". */
  static final Duration WINDOW = Duration.ofSeconds(60);

  /** An older price says nothing of now. */
  static final Duration YOUNG = Duration.ofSeconds(10);

  private static final Duration SPACING = Duration.ofSeconds(1);

  private final ConditionPolicy policy;
  private final Map<String, Seen> pairs = new HashMap<>();

  private record Point(Instant at, BigDecimal mid) {}

  private record Measured(String measure, BigDecimal value, BigDecimal limit, String text) {}

  /** Of one pair: mids of the last minute, and when it was last beyond a limit. */
  private static final class Seen {
    final Deque<Point> trail = new ArrayDeque<>();
    @Nullable UUID latest;
    @Nullable Instant thinAt;
    @Nullable Instant spikeAt;
  }

  MarketConditions(ConditionPolicy policy) {
    this.policy = policy;
  }

  /**
   * A price was seen.
   *
   * @param before how the pair's market has been so far
   * @param now steady
   * @param clock what the clock shows
   * @return the change, or null
   */
  ConductFact.@Nullable ConditionChanged seen(
      MarketCondition before, MarketSnapshot snapshot, Instant now, Instant clock) {
    boolean nothingToDo = !policy.active() && before == MarketCondition.NORMAL;
    if (nothingToDo || snapshot.takenAt().plus(YOUNG).isBefore(clock)) {
      return null;
    }
    Seen seen = pairs.computeIfAbsent(snapshot.pair(), pair -> asOf(before, now));
    if (snapshot.snapshotId().equals(seen.latest)) {
      // Seen again is not seen anew.
      return null;
    }
    seen.latest = snapshot.snapshotId();
    Measured thin = thin(snapshot);
    Measured spike = spike(seen, snapshot.mid(), now);
    seen.thinAt = thin == null ? seen.thinAt : now;
    seen.spikeAt = spike == null ? seen.spikeAt : now;
    MarketCondition after = condition(seen, now);
    if (after == before) {
      return null;
    }
    Measured why = after == MarketCondition.THIN ? thin : spike;
    why = why == null || after == MarketCondition.NORMAL ? calm(before) : why;
    return new ConductFact.ConditionChanged(
        snapshot.pair(),
        before,
        after,
        why.measure(),
        why.value(),
        why.limit(),
        snapshot.mid(),
        snapshot.snapshotId(),
        snapshot.takenAt(),
        snapshot.pair() + " is " + after + " after " + before + ": " + why.text());
  }

  /** Calm is yet to be shown. */
  private static Seen asOf(MarketCondition before, Instant now) {
    Seen seen = new Seen();
    seen.thinAt = before == MarketCondition.THIN ? now : null;
    seen.spikeAt = before == MarketCondition.SPIKE ? now : null;
    return seen;
  }

  private MarketCondition condition(Seen seen, Instant now) {
    if (lasts(seen.thinAt, now)) {
      return MarketCondition.THIN;
    }
    return lasts(seen.spikeAt, now) ? MarketCondition.SPIKE : MarketCondition.NORMAL;
  }

  private boolean lasts(@Nullable Instant lastAt, Instant now) {
    return lastAt != null && now.isBefore(lastAt.plus(policy.calmFor()));
  }

  private @Nullable Measured thin(MarketSnapshot snapshot) {
    BigDecimal widest = policy.maxSpreadBps();
    if (widest != null && snapshot.spreadBps().compareTo(widest) > 0) {
      return measured("spread-bps", snapshot.spreadBps(), widest, "the spread is %s bps, above %s");
    }
    String pair = snapshot.pair();
    BigDecimal least = policy.minDepth().get(pair.substring(pair.indexOf('/') + 1));
    BigDecimal depth = snapshot.bidDepth().min(snapshot.askDepth());
    return least == null || depth.compareTo(least) >= 0
        ? null
        : measured("depth", depth, least, "the thinner side of the book holds %s, below %s");
  }

  /** The furthest from a mid of the last minute. */
  private @Nullable Measured spike(Seen seen, BigDecimal mid, Instant now) {
    BigDecimal most = policy.maxMovePercent();
    if (most == null || mid.signum() <= 0) {
      return null;
    }
    while (!seen.trail.isEmpty() && seen.trail.getFirst().at().isBefore(now.minus(WINDOW))) {
      seen.trail.removeFirst();
    }
    BigDecimal furthest = BigDecimal.ZERO;
    for (Point point : seen.trail) {
      BigDecimal move = mid.subtract(point.mid()).abs().movePointRight(2);
      furthest = furthest.max(move.divide(point.mid(), 4, RoundingMode.HALF_UP));
    }
    Point latest = seen.trail.peekLast();
    if (latest == null || !now.isBefore(latest.at().plus(SPACING))) {
      seen.trail.addLast(new Point(now, mid));
    }
    return furthest.compareTo(most) <= 0
        ? null
        : measured("move-percent", furthest, most, "the mid moved %s %% in a minute, above %s");
  }

  private Measured calm(MarketCondition before) {
    BigDecimal seconds = BigDecimal.valueOf(policy.calmFor().toMillis()).movePointLeft(3);
    return measured(
        "calm-seconds", seconds, seconds, "no sign of " + before + " for %s seconds, of %s needed");
  }

  private static Measured measured(String name, BigDecimal value, BigDecimal limit, String text) {
    return new Measured(
        name, value, limit, text.formatted(value.toPlainString(), limit.toPlainString()));
  }
}
