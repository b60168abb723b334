package dev.signaltoorder.market;

import dev.signaltoorder.kraken.CallRecord;
import java.util.List;

/** How asking Kraken for one pair's market ended. */
public sealed interface RefreshResult {

  /** A new snapshot; {@link MarketData#latest} has it already. */
  record Refreshed(Observed observed) implements RefreshResult {}

  /**
   * None.
   *
   * @param pair what was asked for
   * @param problem everything that was wrong, in words for the record
   * @param calls the raw calls that were made, possibly none
   */
  record Failed(String pair, String problem, List<CallRecord> calls) implements RefreshResult {

    public Failed {
      calls = List.copyOf(calls);
    }
  }
}
