package dev.signaltoorder.paper;

import org.jspecify.annotations.Nullable;

/** Where the simulated market's prices come from. */
interface PriceSource {

  /** Best prices now; null when this source has none. */
  @Nullable Quote quote(Pair pair);

  /** The last day; null when this source has none. */
  @Nullable DayRange dayRange(Pair pair);

  /** Value of the {@code X-Price-Origin} header: where prices come from right now. */
  String origin();
}
