package dev.signaltoorder.journal;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which facts an export is about. Facts stand in the order of their number; times may repeat or
 * step back, so a range runs from the first fact to the last fact that lies in it, with everything
 * between.
 *
 * @param from recorded at or after, null: from the first fact on
 * @param to recorded before, null: to the newest checkpoint
 * @param account one account, null: all
 */
public record ExportRange(@Nullable Instant from, @Nullable Instant to, @Nullable String account) {

  /** Everything. */
  public static final ExportRange ALL = new ExportRange(null, null, null);
}
