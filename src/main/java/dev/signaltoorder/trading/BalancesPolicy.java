package dev.signaltoorder.trading;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How old the balances and the equity may be that an entry is judged with.
 *
 * @param freshFor the first entry after a quiet time waits for a reading that is not older than
 *     this
 * @param quiet so long without an entry is a quiet time
 * @param most older ones count as unknown; null: never
 */
public record BalancesPolicy(Duration freshFor, Duration quiet, @Nullable Duration most) {
  /** However old. */
  public static final BalancesPolicy ANY_AGE =
      new BalancesPolicy(Duration.ZERO, Duration.ZERO, null);

  private static final Duration FRESH_FOR = Duration.ofSeconds(10);
  private static final Duration QUIET = Duration.ofSeconds(30);

  /** Read before a batch, and never older than this. */
  public static BalancesPolicy atMost(Duration most) {
    return new BalancesPolicy(FRESH_FOR, QUIET, most);
  }
}
