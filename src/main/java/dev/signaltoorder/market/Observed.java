package dev.signaltoorder.market;

import dev.signaltoorder.kraken.CallRecord;
import java.util.List;

/**
 * A snapshot with the evidence it was made of.
 *
 * @param snapshot complete
 * @param calls the raw calls that fed it: Ticker, Depth, SystemStatus, in this order; one call may
 *     have fed several snapshots
 */
public record Observed(MarketSnapshot snapshot, List<CallRecord> calls) {

  public Observed {
    calls = List.copyOf(calls);
  }
}
