package dev.signaltoorder.trading;

import java.util.Collection;
import java.util.Optional;
import java.util.function.Predicate;

/** How accounts are spread over processes. Pure. */
final class FairShare {
  private FairShare() {}

  /** How many accounts one of {@code replicas} processes leads at most; at least one. */
  static int of(int accounts, int replicas) {
    int live = Math.max(1, replicas);
    return Math.max(1, (accounts + live - 1) / live);
  }

  /**
   * Whether an account that nobody leads is taken here. A process with its fair share leaves it to
   * the others for a while, but nothing stays unserved.
   *
   * @param freeForLong it has been free for that while
   */
  static boolean takes(int led, int share, boolean freeForLong) {
    return led < share || freeForLong;
  }

  /**
   * The account to give up, when more are led here than the fair share: always one at a time.
   *
   * @param handedOverLately was handed over not long ago, and came back: nobody else wants it
   */
  static Optional<String> surplus(
      Collection<String> led, int share, Predicate<String> handedOverLately) {
    if (led.size() <= share) {
      return Optional.empty();
    }
    return led.stream().filter(handedOverLately.negate()).sorted().reduce((a, b) -> b);
  }
}
