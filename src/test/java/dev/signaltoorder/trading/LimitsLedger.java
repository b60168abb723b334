package dev.signaltoorder.trading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signaltoorder.risk.Decision;
import dev.signaltoorder.risk.OrderPlan;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;

/**
 * Books kept from facts alone, in the plainest way, with nothing of the account's state. Looks at
 * every order that was judged, approved or not, and says when one breaks a limit that its rule did
 * not see, or when a rule denied what breaks nothing.
 *
 * <p>Not computed here, and left to tests of their own: clock-skew (needs Kraken's clock), a loss
 * while a price is missing, losses that halt without a signal, a clock that steps back. What is
 * presumed absent counts as absent until it appears.
 */
@NullUnmarked // a null where none is expected fails the test, which is what it is for
final class LimitsLedger {
  /** What the books answer for. */
  static final Set<String> CHECKED =
      Set.of(
          "trading-state",
          "stale-signal",
          "stale-price",
          "max-order-notional",
          "max-order-quantity",
          "price-collar",
          "spread",
          "depth",
          "open-orders",
          "position-limit",
          "daily-notional",
          "free-balance",
          "duplicate-order",
          "message-throttle",
          "strategy-throttle",
          "sequence",
          "price-move",
          "pyramiding",
          "reversal",
          "self-match",
          "repeated-execution",
          "unknown-orders",
          "error-rate",
          "daily-loss",
          "drawdown",
          "loss-streak");

  /** From the narrowest to the widest. */
  private static final List<String> HALTS = List.of("no", "ENTRIES", "ALL", "CANCEL_ALL");

  private final LimitsRules rules;
  private final LimitsOrders orders = new LimitsOrders();
  private final LimitsOfExposure exposure;
  private final List<LimitsBook> books;
  private final Map<String, Integer> reasons = new TreeMap<>();
  private final Map<String, Integer> hits = new TreeMap<>();
  private final Map<String, Integer> halts = new TreeMap<>();
  private @Nullable OrderPlan approvedPlan;
  private String mustBeHalted = "no";
  private int approved;
  private int exits;
  private int capped;
  private int refused;

  /**
   * @param funds what was there before anything was traded, by asset
   * @param mids the market as it is now, by pair
   */
  LimitsLedger(
      LimitsRules rules, Map<String, BigDecimal> funds, Function<String, BigDecimal> mids) {
    this.rules = rules;
    this.exposure = new LimitsOfExposure(rules, orders);
    this.books =
        List.of(
            exposure,
            new LimitsOfFunds(rules, orders, funds),
            new LimitsOfPace(rules),
            new LimitsOfSize(rules, orders),
            new LimitsOfConduct(rules, orders),
            new LimitsOfLosses(rules, orders, mids),
            new LimitsOfMarket(rules));
  }

  /** All facts of one message. */
  void see(List<Fact> facts, String when) {
    for (Fact fact : facts) {
      if (fact instanceof Fact.SignalDecided decided) {
        judge(decided, when);
      }
      if (fact instanceof Fact.OrderIntended intended) {
        assertThat(intended.intent().plan()).as(when).isEqualTo(approvedPlan);
        approvedPlan = null;
      }
      if (fact instanceof Fact.TradingHalted halted) {
        halts.merge(halted.actor(), 1, Integer::sum);
      }
      books.forEach(book -> book.see(fact));
      orders.see(fact);
    }
    assertThat(HALTS.indexOf(exposure.halt()))
        .as("a rule had to halt %s, %s", mustBeHalted, when)
        .isGreaterThanOrEqualTo(HALTS.indexOf(mustBeHalted));
    mustBeHalted = "no";
    assertThat(approvedPlan).as("approved and not intended, %s", when).isNull();
  }

  private void judge(Fact.SignalDecided decided, String when) {
    Decision decision = decided.decision();
    decision.reasons().forEach(reason -> reasons.merge(reason, 1, Integer::sum));
    refused += decision.approved() ? 0 : 1;
    OrderPlan plan = decision.plan();
    if (plan == null) {
      assertThat(decision.approved()).as("approved without an order, %s", when).isFalse();
      return;
    }
    String strategy = decided.input().signal().strategy();
    LimitsCase order = LimitsCase.of(decided, orders.closable(plan.pair(), strategy));
    books.forEach(book -> book.judge(order));
    compare(order, decision, when);
    if (decision.approved()) {
      approvedPlan = plan;
      approved++;
      exits += order.exit() ? 1 : 0;
      capped += plan.volume().compareTo(order.asked()) < 0 ? 1 : 0;
      assertThat(plan.volume()).as("more than asked, %s", when).isLessThanOrEqualTo(order.asked());
    }
  }

  private void compare(LimitsCase order, Decision decision, String when) {
    Set<String> denied = new TreeSet<>(decision.reasons());
    denied.retainAll(CHECKED);
    order
        .broken()
        .forEach(
            (rule, limits) -> {
              limits.keySet().forEach(name -> hits.merge(rule + " " + name, 1, Integer::sum));
              String halt = rules.halt(rule);
              mustBeHalted =
                  HALTS.indexOf(halt) > HALTS.indexOf(mustBeHalted) ? halt : mustBeHalted;
            });
    if (!order.broken().containsKey("free-balance")) {
      denied.remove("free-balance");
    }
    assertThat(denied)
        .as("%s: by the books %s, by the rules %s", when, order, decision.results())
        .isEqualTo(new TreeSet<>(order.broken().keySet()));
    assertThat(decision.approved() && !order.broken().isEmpty()).as(when).isFalse();
  }

  int approved() {
    return approved;
  }

  /** Approved sells that only made a position smaller. */
  int exits() {
    return exits;
  }

  /** Approved orders that a limit made smaller. */
  int capped() {
    return capped;
  }

  int refused() {
    return refused;
  }

  /** How often each rule denied. */
  Map<String, Integer> reasons() {
    return reasons;
  }

  /** How often each limit would have been broken, by rule and limit: "open-orders count". */
  Map<String, Integer> hits() {
    return hits;
  }

  /** How often each halted: "anna", "rule error-rate". */
  Map<String, Integer> halts() {
    return halts;
  }

  /** Orders that were presumed absent and appeared. */
  int appeared() {
    return orders.appeared();
  }
}
