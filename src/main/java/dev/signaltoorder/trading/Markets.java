package dev.signaltoorder.trading;

import java.util.function.Consumer;

/** The market, as the loop uses it. No method blocks. */
public interface Markets {

  /** What is known of a pair right now, from memory. */
  MarketView now(String pair);

  /** Fetches the pair's market and hands over what is known then; answers once, on any thread. */
  void refresh(String pair, Consumer<MarketView> done);

  /**
   * What is known of the pair a position depends on; looked up only if that is old. Answers once,
   * on any thread.
   */
  default void watch(String pair, Consumer<MarketView> done) {
    refresh(pair, done);
  }
}
