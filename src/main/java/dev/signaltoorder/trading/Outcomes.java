package dev.signaltoorder.trading;

import dev.signaltoorder.risk.Decision;
import dev.signaltoorder.risk.RuleCodes;
import java.util.List;

/** What a signal's row says once the rules have judged it. Pure. */
final class Outcomes {
  private Outcomes() {}

  static String of(Decision decision) {
    List<String> reasons = decision.reasons();
    if (decision.approved()) {
      return "PENDING";
    }
    if (reasons.contains(RuleCodes.TRADING_STATE)) {
      return "HALTED";
    }
    return reasons.contains(RuleCodes.STALE_SIGNAL) ? "EXPIRED" : "REJECTED";
  }
}
