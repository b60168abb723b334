package dev.signaltoorder.kraken;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Stands around private calls that only read; nothing that changes an order ever passes here. */
@FunctionalInterface
interface ReadGuard {

  /** Lets every call pass once. */
  ReadGuard NONE = Supplier::get;

  /**
   * Makes the call, perhaps again.
   *
   * @param attempt one call each time it is asked
   * @return the last call's record; null if none was made because Kraken's trouble goes on
   */
  @Nullable CallRecord make(Supplier<CallRecord> attempt);
}
