package dev.signaltoorder.trading;

import dev.signaltoorder.risk.Decision;
import dev.signaltoorder.risk.OrderPlan;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One signal that the other rules judge differently. */
public record ReplayDifference(
    UUID signalId,
    Instant decidedAt,
    String account,
    String source,
    String strategy,
    String pair,
    String action,
    Judgement before,
    Judgement after) {

  /**
   * A decision in short.
   *
   * @param volume base units; null when no order could be planned
   * @param notional quote units; null likewise
   * @param reasons the codes of the rules that denied
   */
  public record Judgement(
      boolean approved,
      @Nullable BigDecimal volume,
      @Nullable BigDecimal notional,
      List<String> reasons) {
    static Judgement of(Decision decision) {
      OrderPlan plan = decision.plan();
      return new Judgement(
          decision.approved(),
          plan == null ? null : plan.volume(),
          plan == null ? null : plan.notional(),
          decision.reasons());
    }
  }
}
