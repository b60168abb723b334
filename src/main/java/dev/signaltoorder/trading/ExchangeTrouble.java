package dev.signaltoorder.trading;

import dev.signaltoorder.kraken.KrakenCondition;
import dev.signaltoorder.market.MarketSnapshot;
import dev.signaltoorder.risk.Decision;
import dev.signaltoorder.risk.RuleCodes;
import dev.signaltoorder.risk.RuleResult;
import dev.signaltoorder.signal.Action;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Why Kraken cannot take a signal's order now: one code per cause. Not rules of a rule set, because
 * nobody may switch them off. The breaker, the rate limit and what a market said hold back new
 * entries only; a sell goes on if its price is known.
 */
final class ExchangeTrouble {
  /** How the codes of all its results begin. */
  static final String CODES = "exchange-";

  private ExchangeTrouble() {}

  /**
   * The trouble, as the result that denies the signal; null when there is none.
   *
   * @param isFresh the snapshot is young enough to be used
   * @param now steady
   */
  static @Nullable RuleResult of(
      Action action, MarketView market, boolean isFresh, ExchangeHealth health, Instant now) {
    if (action == Action.CANCEL || market.pair() == null) {
      return null;
    }
    if (health.isLockedOut(now)) {
      return denied("exchange-lockout", "no lockout", "locked out", "Kraken bars the account now.");
    }
    MarketSnapshot snapshot = market.snapshot();
    RuleResult byStatus = snapshot == null ? null : ofStatus(snapshot.systemStatus());
    if (byStatus != null) {
      return byStatus;
    }
    if (action == Action.BUY) {
      RuleResult byCalls = ofCalls(health, now);
      if (byCalls != null) {
        return byCalls;
      }
    }
    return isFresh
        ? null
        : denied(
            "exchange-no-price",
            "a fresh price",
            "none",
            "Kraken gave no fresh price in time"
                + (market.snapshotProblem() == null ? "." : ": " + market.snapshotProblem() + "."));
  }

  private static @Nullable RuleResult ofStatus(String status) {
    return switch (status) {
      case "maintenance" ->
          denied("exchange-maintenance", "online", status, "Kraken is under maintenance.");
      case "cancel_only" ->
          denied("exchange-cancel-only", "online", status, "Kraken takes cancels only.");
      default -> null;
    };
  }

  private static @Nullable RuleResult ofCalls(ExchangeHealth health, Instant now) {
    ExchangeHealth.Breaker breaker = health.breaker(now);
    if (breaker != ExchangeHealth.Breaker.CLOSED) {
      return denied(
          "exchange-down",
          "breaker CLOSED",
          "breaker " + breaker + ", " + health.failures() + " calls failed",
          "Most of the latest calls to Kraken got no usable answer.");
    }
    if (health.isRateLimited(now)) {
      return denied(
          "exchange-rate-limited", "no rate limit", "limited", "Kraken asked for fewer calls.");
    }
    KrakenCondition mode = health.marketMode(now);
    return switch (mode) {
      case CANCEL_ONLY ->
          denied("exchange-cancel-only", "online", "cancel_only", "Kraken takes cancels only.");
      case POST_ONLY ->
          denied(
              "exchange-post-only", "online", "post_only", "Kraken takes post-only orders only.");
      default -> ofOpenOrders(health.openOrdersUnseen());
    };
  }

  private static @Nullable RuleResult ofOpenOrders(@Nullable String error) {
    return error == null
        ? null
        : denied(
            "exchange-orders-unseen",
            "open orders shown",
            error,
            "Kraken does not show how the open orders are doing, so fills may be unknown.");
  }

  /**
   * The decision of the rules, denied as well by what Kraken cannot do now. That there is no fresh
   * price is left to the rules: stale-price says it.
   */
  static Decision judged(
      Decision decision, Action action, MarketView market, ExchangeHealth health, Instant now) {
    RuleResult trouble = of(action, market, true, health, now);
    if (trouble == null
        && market.snapshot() != null
        && decision.reasons().contains(RuleCodes.PAIR_STATUS)) {
      trouble = ofRefusedStatus(market.snapshot().systemStatus());
    }
    return trouble == null ? decision : decision.deniedAlso(trouble);
  }

  /** A system status under which the rule pair-status refused this order, as a cause of its own. */
  private static @Nullable RuleResult ofRefusedStatus(String status) {
    return switch (status) {
      case "post_only" ->
          denied("exchange-post-only", "online", status, "Kraken takes post-only orders only.");
      case "limit_only" ->
          denied("exchange-limit-only", "online", status, "Kraken takes limit orders only.");
      default -> null;
    };
  }

  private static RuleResult denied(String code, String limit, String actual, String explanation) {
    return new RuleResult(code, RuleResult.Verdict.DENY, limit, actual, explanation);
  }
}
