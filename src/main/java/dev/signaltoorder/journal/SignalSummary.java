package dev.signaltoorder.journal;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One row of the report's read model: what has become of one signal so far. Fields follow the
 * report's contract.
 *
 * @param outcome one of the contract's outcomes
 * @param reasons codes and texts, in order; empty when there is nothing to say
 * @param volume executed volume if anything was executed, else the planned one; base units
 * @param averagePrice of the fills, or null
 * @param slippageBps mid at the decision to average fill, basis points, positive = worse for us;
 *     null without a fill
 * @param fee quote units, or null
 * @param priceOrigin where the prices of the decision came from, or null
 */
public record SignalSummary(
    UUID signalId,
    String source,
    @Nullable String strategy,
    @Nullable String pair,
    @Nullable String action,
    Instant receivedAt,
    String outcome,
    List<String> reasons,
    @Nullable UUID orderId,
    @Nullable String orderTxid,
    @Nullable BigDecimal volume,
    @Nullable BigDecimal averagePrice,
    @Nullable BigDecimal slippageBps,
    @Nullable BigDecimal fee,
    @Nullable String priceOrigin) {

  public SignalSummary {
    reasons = List.copyOf(reasons);
  }
}
