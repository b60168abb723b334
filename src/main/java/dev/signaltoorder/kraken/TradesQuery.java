package dev.signaltoorder.kraken;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which fills TradesHistory shall show.
 *
 * @param after only later ones, null for no bound
 * @param until this one and earlier, null for no bound
 * @param offset how many of the newest to leave out, not negative
 * @param eachFill every fill by itself; Kraken otherwise merges the fills of one taking order
 */
public record TradesQuery(
    @Nullable Instant after, @Nullable Instant until, int offset, boolean eachFill) {

  /** The newest ones, each fill by itself. */
  public static final TradesQuery NEWEST = new TradesQuery(null, null, 0, true);

  /** Refuses a negative offset. */
  public TradesQuery {
    if (offset < 0) {
      throw new IllegalArgumentException("an offset is not negative");
    }
  }
}
