package dev.signaltoorder.kraken;

import java.util.List;

/**
 * What was found out about an account's keys.
 *
 * @param calls what was asked for it; bodies name no key
 * @param answered false when Kraken did not say: ask again soon
 * @param fingerprints of the keys, with commas
 * @param refusals why nothing may be traded with them; empty if it may
 * @param warnings what an operator should know
 * @param historyLimited the reading key sees only a window of time: silence proves nothing
 */
public record KeysReport(
    List<CallRecord> calls,
    boolean answered,
    String fingerprints,
    List<String> refusals,
    List<String> warnings,
    boolean historyLimited) {

  /** Nothing speaks against the keys. */
  public boolean usable() {
    return answered && refusals.isEmpty();
  }
}
