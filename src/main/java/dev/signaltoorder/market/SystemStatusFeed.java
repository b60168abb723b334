package dev.signaltoorder.market;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the answer of SystemStatus: fetched at an interval, used until the age limit. Any thread.
 */
final class SystemStatusFeed {

  private final MarketSource source;
  private final Clock clock;
  private final Duration maxAge;
  private volatile Fetched.@Nullable Usable last;

  SystemStatusFeed(MarketSource source, Clock clock, Duration maxAge) {
    this.source = source;
    this.clock = clock;
    this.maxAge = maxAge;
  }

  /** Fetches now; blocks as long as the call takes. A failure keeps what there is. */
  Fetched fetch() {
    Fetched fetched = Fetched.from("SystemStatus", source::systemStatus);
    if (fetched instanceof Fetched.Usable usable) {
      last = usable;
    }
    return fetched;
  }

  /** The last answer while it is young enough, else a new one; blocks only for the latter. */
  Fetched current() {
    Fetched.Usable known = recent();
    return known == null ? fetch() : known;
  }

  /** The last answer while it is young enough; does not block. */
  Fetched.@Nullable Usable recent() {
    Fetched.Usable known = last;
    Instant now = clock.instant();
    boolean young =
        known != null
            && !now.isBefore(known.call().startedAt())
            && !Elapsed.atLeast(maxAge, known.call().startedAt(), now);
    return young ? known : null;
  }
}
