package dev.signaltoorder.journal;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
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

  /**
   * What this row, as it stands in the report, says else than {@code facts} do; empty when both say
   * the same. Numbers are equal when their values are, times when their microseconds are.
   */
  public List<String> differencesFrom(SignalSummary facts) {
    List<String> found = new ArrayList<>();
    compare(found, "signal", signalId, facts.signalId);
    compare(found, "source", source, facts.source);
    compare(found, "strategy", strategy, facts.strategy);
    compare(found, "pair", pair, facts.pair);
    compare(found, "action", action, facts.action);
    compare(found, "received at", micros(receivedAt), micros(facts.receivedAt));
    compare(found, "outcome", outcome, facts.outcome);
    compare(found, "reasons", reasons, facts.reasons);
    compare(found, "order", orderId, facts.orderId);
    compare(found, "order txid", orderTxid, facts.orderTxid);
    compare(found, "volume", plain(volume), plain(facts.volume));
    compare(found, "average price", plain(averagePrice), plain(facts.averagePrice));
    compare(found, "slippage", plain(slippageBps), plain(facts.slippageBps));
    compare(found, "fee", plain(fee), plain(facts.fee));
    compare(found, "price origin", priceOrigin, facts.priceOrigin);
    return found;
  }

  private static void compare(
      List<String> found, String name, @Nullable Object here, @Nullable Object there) {
    if (!Objects.equals(here, there)) {
      found.add(
          "%s: the report says %s, the facts say %s".formatted(name, said(here), said(there)));
    }
  }

  private static String said(@Nullable Object value) {
    return value == null ? "nothing" : value.toString();
  }

  private static Instant micros(Instant time) {
    return time.truncatedTo(ChronoUnit.MICROS);
  }

  private static @Nullable String plain(@Nullable BigDecimal number) {
    return number == null ? null : number.stripTrailingZeros().toPlainString();
  }
}
