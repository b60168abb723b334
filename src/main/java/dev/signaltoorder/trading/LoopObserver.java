package dev.signaltoorder.trading;

import java.util.List;

/**
 * Hears how an account's loop works, for meters and traces. Called on the loop's own thread, so it
 * never blocks and never throws.
 */
public interface LoopObserver {

  /** Hears nothing. */
  LoopObserver NONE = new LoopObserver() {};

  /**
   * Facts were committed.
   *
   * @param nanos how long the commit took
   */
  default void committed(String account, List<Fact> facts, long nanos) {}

  /** Something that a person must know went to the log. */
  default void alarmed(String account) {}
}
