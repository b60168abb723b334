package dev.signaltoorder.trading;

import java.time.Instant;
import java.util.List;

/**
 * A pair whose market is not NORMAL.
 *
 * @param condition THIN or SPIKE
 * @param since when the price that showed it was taken
 * @param why what was measured, and its limit
 */
public record ConditionStatus(String pair, MarketCondition condition, Instant since, String why) {

  static List<ConditionStatus> of(AccountState state) {
    return state.conditions().image().stream()
        .map(fact -> new ConditionStatus(fact.pair(), fact.to(), fact.pricesTakenAt(), fact.text()))
        .toList();
  }
}
