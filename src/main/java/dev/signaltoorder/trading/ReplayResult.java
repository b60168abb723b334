package dev.signaltoorder.trading;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/**
 * What other rules would have done.
 *
 * @param judged signals judged again
 * @param approvedBefore of them approved then
 * @param approvedAfter of them approved by the other rules
 * @param newlyApproved refused then, approved by the other rules
 * @param newlyRefused approved then, refused by the other rules
 * @param otherSize approved both times, with another volume
 * @param refusedBy of the newly refused: how often each rule denied
 * @param notionalBefore value of the approved orders by quote asset
 * @param notionalAfter likewise, by the other rules
 * @param atRiskBefore of the approved buys what is lost at their stop-loss, or all of their value
 *     where they have none, by quote asset
 * @param atRiskAfter likewise, by the other rules
 * @param differences the first 1 000
 */
public record ReplayResult(
    long judged,
    long approvedBefore,
    long approvedAfter,
    long newlyApproved,
    long newlyRefused,
    long otherSize,
    Map<String, Long> refusedBy,
    Map<String, BigDecimal> notionalBefore,
    Map<String, BigDecimal> notionalAfter,
    Map<String, BigDecimal> atRiskBefore,
    Map<String, BigDecimal> atRiskAfter,
    List<ReplayDifference> differences) {

  public ReplayResult {
    differences = List.copyOf(differences);
  }
}
