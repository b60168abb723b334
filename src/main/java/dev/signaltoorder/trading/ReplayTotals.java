package dev.signaltoorder.trading;

import dev.signaltoorder.risk.Decision;
import dev.signaltoorder.risk.OrderPlan;
import dev.signaltoorder.risk.RiskInput;
import dev.signaltoorder.risk.Side;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a replay has found so far. Owned by one thread. */
final class ReplayTotals {
  /** More differences than these are only counted. */
  static final int MOST_DIFFERENCES = 1_000;

  private final List<ReplayDifference> differences = new ArrayList<>();
  private final Map<String, Long> refusedBy = new TreeMap<>();
  private final Map<String, BigDecimal> notionalBefore = new TreeMap<>();
  private final Map<String, BigDecimal> notionalAfter = new TreeMap<>();
  private final Map<String, BigDecimal> atRiskBefore = new TreeMap<>();
  private final Map<String, BigDecimal> atRiskAfter = new TreeMap<>();
  private long judged;
  private long approvedBefore;
  private long approvedAfter;
  private long newlyApproved;
  private long newlyRefused;
  private long otherSize;

  /** One signal, judged then and now. */
  void add(String account, Fact.SignalDecided decided, Decision after) {
    Decision before = decided.decision();
    judged++;
    approvedBefore += before.approved() ? 1 : 0;
    approvedAfter += after.approved() ? 1 : 0;
    count(before, decided.input(), notionalBefore, atRiskBefore);
    count(after, decided.input(), notionalAfter, atRiskAfter);
    boolean differs = before.approved() != after.approved();
    if (differs && after.approved()) {
      newlyApproved++;
    } else if (differs) {
      newlyRefused++;
      after.reasons().forEach(reason -> refusedBy.merge(reason, 1L, Long::sum));
    } else if (after.approved() && !sameVolume(before.plan(), after.plan())) {
      otherSize++;
      differs = true;
    }
    if (differs && differences.size() < MOST_DIFFERENCES) {
      differences.add(difference(account, decided, after));
    }
  }

  private static boolean sameVolume(@Nullable OrderPlan one, @Nullable OrderPlan other) {
    if (one == null || other == null) {
      return one == null && other == null;
    }
    return one.volume().compareTo(other.volume()) == 0;
  }

  /** Of a buy: down to its stop-loss where it has one below the price, else all of it. */
  private static void count(
      Decision decision,
      RiskInput input,
      Map<String, BigDecimal> notional,
      Map<String, BigDecimal> atRisk) {
    OrderPlan plan = decision.plan();
    if (!decision.approved() || plan == null) {
      return;
    }
    String quote = plan.pair().substring(plan.pair().indexOf('/') + 1);
    notional.merge(quote, plan.notional(), BigDecimal::add);
    if (plan.side() == Side.BUY) {
      BigDecimal stop = input.signal().stopLoss();
      boolean stops = stop != null && stop.compareTo(plan.referencePrice()) < 0;
      BigDecimal each = stops ? plan.referencePrice().subtract(stop) : plan.referencePrice();
      atRisk.merge(quote, each.multiply(plan.volume()), BigDecimal::add);
    }
  }

  private static ReplayDifference difference(
      String account, Fact.SignalDecided decided, Decision after) {
    var input = decided.input();
    var pair = input.pair();
    return new ReplayDifference(
        decided.signalId(),
        input.now(),
        account,
        input.signal().source(),
        input.signal().strategy(),
        pair == null ? input.signal().pair() : pair.symbol(),
        input.signal().action().name(),
        ReplayDifference.Judgement.of(decided.decision()),
        ReplayDifference.Judgement.of(after));
  }

  /** As it stands now. */
  ReplayResult result() {
    return new ReplayResult(
        judged,
        approvedBefore,
        approvedAfter,
        newlyApproved,
        newlyRefused,
        otherSize,
        new TreeMap<>(refusedBy),
        new TreeMap<>(notionalBefore),
        new TreeMap<>(notionalAfter),
        new TreeMap<>(atRiskBefore),
        new TreeMap<>(atRiskAfter),
        differences);
  }
}
