package dev.signaltoorder.report;

import dev.signaltoorder.report.RuleCosts.Rule;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What refused signals would have earned: each is held against prices that later decisions were
 * made from. Prices that no decision saw are not known here, and nothing is guessed in their place.
 *
 * <p>The order is the one that was planned and refused. It trades at once at the far side of the
 * spread, if its limit allows that; else at its limit once a known price reaches it within the
 * horizon. It is valued at the near side of the first known price from one horizon on, and before
 * two. Fees and stops are left out.
 */
final class RefusedTrades {
  private static final int TO_BASIS_POINTS = 4;

  private final Duration horizon;
  private final Map<String, Book> byPair = new HashMap<>();
  private final Map<String, RuleTally> byRule = new TreeMap<>();
  private long refused;
  private long byOne;

  /**
   * The best prices of a pair.
   *
   * @param at how old they are
   */
  record Price(String pair, Instant at, BigDecimal bid, BigDecimal ask) {}

  /**
   * An order as it was planned.
   *
   * @param limit null for a market order
   * @param rests false when it trades at once or never
   */
  record Plan(boolean buy, BigDecimal volume, @Nullable BigDecimal limit, boolean rests) {

    BigDecimal farSide(Price price) {
      return buy ? price.ask() : price.bid();
    }

    boolean tradesAt(BigDecimal far) {
      return limit == null || (buy ? far.compareTo(limit) <= 0 : far.compareTo(limit) >= 0);
    }
  }

  /** An order that one rule alone refused, on its way to its result. */
  private static final class Waiting {
    final RuleTally rule;
    final Plan plan;
    final Instant due;
    @Nullable BigDecimal tradedAt;

    Waiting(RuleTally rule, Plan plan, Instant due) {
      this.rule = rule;
      this.plan = plan;
      this.due = due;
    }

    void value(Price price) {
      BigDecimal entry = tradedAt;
      if (entry == null) {
        rule.unfilled++;
        return;
      }
      BigDecimal gainEach = plan.buy() ? price.bid().subtract(entry) : entry.subtract(price.ask());
      rule.result(
          price.pair(),
          gainEach.movePointRight(TO_BASIS_POINTS).divide(entry, MathContext.DECIMAL64),
          gainEach.multiply(plan.volume()));
    }
  }

  /** Of one pair: what waits for its time, and of that what waits for its limit. */
  private final class Book {
    final Deque<Waiting> inTime = new ArrayDeque<>();
    final NavigableMap<BigDecimal, Set<Waiting>> bids = new TreeMap<>();
    final NavigableMap<BigDecimal, Set<Waiting>> asks = new TreeMap<>();

    void add(Waiting order, BigDecimal far) {
      inTime.addLast(order);
      BigDecimal limit = order.plan.limit();
      if (order.plan.tradesAt(far)) {
        order.tradedAt = far;
      } else if (order.plan.rests() && limit != null) {
        side(order.plan).computeIfAbsent(limit, price -> new LinkedHashSet<>()).add(order);
      }
    }

    private NavigableMap<BigDecimal, Set<Waiting>> side(Plan plan) {
      return plan.buy() ? bids : asks;
    }

    void see(Price price) {
      while (!inTime.isEmpty() && !price.at().isBefore(inTime.getFirst().due)) {
        end(inTime.removeFirst(), price);
      }
      trade(bids.tailMap(price.ask(), true));
      trade(asks.headMap(price.bid(), true));
    }

    private void end(Waiting order, Price price) {
      BigDecimal limit = order.plan.limit();
      Set<Waiting> level = limit == null ? null : side(order.plan).get(limit);
      if (limit != null && level != null && level.remove(order) && level.isEmpty()) {
        side(order.plan).remove(limit);
      }
      if (price.at().isBefore(order.due.plus(horizon))) {
        order.value(price);
      } else {
        order.rule.noLaterPrice++;
      }
    }

    private static void trade(Map<BigDecimal, Set<Waiting>> reached) {
      reached.forEach((limit, orders) -> orders.forEach(order -> order.tradedAt = limit));
      reached.clear();
    }
  }

  RefusedTrades(Duration horizon) {
    this.horizon = horizon;
  }

  /**
   * A price that a decision was made from, whatever it was. To be told in the order of decisions,
   * before {@link #refused} tells of that decision.
   */
  void price(Price price) {
    Book book = byPair.get(price.pair());
    if (book != null) {
      book.see(price);
    }
  }

  /**
   * A signal that was refused.
   *
   * @param rules that denied
   * @param plan null when no order could be planned
   * @param price it was judged at, null when there was none
   */
  void refused(
      Instant decidedAt, Collection<String> rules, @Nullable Plan plan, @Nullable Price price) {
    refused++;
    rules.forEach(rule -> tally(rule).refused++);
    if (rules.size() != 1) {
      return;
    }
    byOne++;
    RuleTally rule = tally(rules.iterator().next());
    rule.alone++;
    if (plan == null || price == null || plan.volume().signum() <= 0) {
      rule.noOrder++;
      return;
    }
    byPair
        .computeIfAbsent(price.pair(), pair -> new Book())
        .add(new Waiting(rule, plan, decidedAt.plus(horizon)), plan.farSide(price));
  }

  private RuleTally tally(String rule) {
    return byRule.computeIfAbsent(rule, RuleTally::new);
  }

  /** Once all has been told: what has no later price by now has none. */
  RuleCosts costs() {
    byPair.values().forEach(book -> book.inTime.forEach(order -> order.rule.noLaterPrice++));
    byPair.clear();
    List<Rule> rules = new ArrayList<>();
    byRule.values().forEach(tally -> rules.add(tally.rule()));
    return new RuleCosts(horizon.toString(), refused, refused - byOne, rules);
  }
}
