package dev.signaltoorder.journal;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What this process knows of the report's rows, held against the facts that they follow from.
 *
 * @param verifiedSignals whose row was found to follow from their facts since this process started:
 *     in the round that got furthest
 * @param differing rows that did not, in the round in hand or else in the last one
 * @param contradictions account to the first of them; empty when there is none. A round that finds
 *     none clears them: the rows can be written anew, the facts cannot
 */
public record ReportStatus(
    long verifiedSignals, long differing, SortedMap<String, String> contradictions) {

  /** Nothing was compared yet. */
  static final ReportStatus NONE = new ReportStatus(0, 0, new TreeMap<>());

  public ReportStatus {
    contradictions = Collections.unmodifiableSortedMap(new TreeMap<>(contradictions));
  }

  static ReportStatus of(long verified, long differing, Map<String, String> contradictions) {
    return new ReportStatus(verified, differing, new TreeMap<>(contradictions));
  }
}
