package dev.signaltoorder.trading;

import dev.signaltoorder.kraken.CallRecord;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Records the public calls that fed a decision, each once. */
final class MarketReads {
  private static final int REMEMBERED = 1_000;

  private final Set<UUID> recorded = new LinkedHashSet<>();

  void record(List<CallRecord> calls, Step step) {
    for (CallRecord call : calls) {
      if (recorded.add(call.callId())) {
        step.record(CallFacts.marketRead(call));
      }
    }
    while (recorded.size() > REMEMBERED) {
      recorded.remove(recorded.iterator().next());
    }
  }
}
