package dev.signaltoorder.kraken;

import java.util.Optional;
import java.util.Set;

/**
 * Live prices, exchange status and instruments. Answers from memory; empty for everything that a
 * living connection does not vouch for right now. Thread-safe.
 */
public interface PriceFeed {

  /** A feed that never knows anything: REST only. */
  PriceFeed NONE =
      new PriceFeed() {
        @Override
        public void want(Set<String> symbols, int levels) {}

        @Override
        public Optional<FeedQuote> quote(String symbol) {
          return Optional.empty();
        }

        @Override
        public Optional<FeedInstrument> instrument(String symbol) {
          return Optional.empty();
        }

        @Override
        public Optional<String> systemStatus() {
          return Optional.empty();
        }
      };

  /**
   * Names the pairs that shall be followed, by their modern names. The first ones make it connect.
   *
   * @param levels how many levels of each book are wanted at least, 1 to 1000; the first call
   *     counts
   */
  void want(Set<String> symbols, int levels);

  /** The pair's market. */
  Optional<FeedQuote> quote(String symbol);

  /** What the exchange says of the pair. */
  Optional<FeedInstrument> instrument(String symbol);

  /** What the exchange says of itself: online, maintenance, cancel_only, post_only, ... */
  Optional<String> systemStatus();
}
