package dev.signaltoorder.trading;

import dev.signaltoorder.risk.Side;
import dev.signaltoorder.signal.Signal;
import dev.signaltoorder.signal.SignalSize;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;

/**
 * Both throttles, the same order again, and execution that repeats itself: counted over a plain
 * list of all approvals there ever were.
 */
@NullUnmarked // a null where none is expected fails the test, which is what it is for
final class LimitsOfPace implements LimitsBook {
  private final LimitsRules rules;
  private final Map<UUID, Signal> signals = new HashMap<>();
  private final List<Approval> approvals = new ArrayList<>();
  private int seenByAPerson;
  private @Nullable BigDecimal asked;

  private record Approval(
      Signal signal, String pair, Side side, BigDecimal volume, BigDecimal asked, Instant at) {}

  LimitsOfPace(LimitsRules rules) {
    this.rules = rules;
  }

  @Override
  public void see(Fact fact) {
    switch (fact) {
      case Fact.SignalReceived received -> signals.put(received.signalId(), received.signal());
      case Fact.OrderIntended intended ->
          approvals.add(
              new Approval(
                  signals.get(intended.signalId()),
                  intended.intent().plan().pair(),
                  intended.intent().plan().side(),
                  intended.intent().plan().volume(),
                  asked,
                  intended.intent().approvedAt()));
      case Fact.TradingResumed resumed -> seenByAPerson = approvals.size();
      default -> {
        // Nothing about the pace.
      }
    }
  }

  @Override
  public void judge(LimitsCase order) {
    // Should it be approved, its intent comes next.
    asked = order.asked();
    String strategy = order.signal().strategy();
    Predicate<Approval> all = approval -> true;
    Predicate<Approval> its = approval -> approval.signal().strategy().equals(strategy);
    if (!order.exit()) {
      throttle(order, "message-throttle", "per-second", 1, all);
      throttle(order, "message-throttle", "per-minute", 60, all);
      throttle(order, "message-throttle", "per-hour", 3_600, all);
      today(order, "message-throttle", all);
      throttle(order, "strategy-throttle", "per-second", 1, its);
      throttle(order, "strategy-throttle", "per-minute", 60, its);
      today(order, "strategy-throttle", its);
      Duration window = rules.seconds("repeated-execution", "window");
      List<Approval> unseen = approvals.subList(seenByAPerson, approvals.size());
      int repeated = 1 + within(unseen, order.now(), window, all).size();
      order.most(
          "repeated-execution", "count", rules.count("repeated-execution", "count"), repeated);
    }
    if (!order.closes()) {
      Duration window = rules.seconds("duplicate-order", "window");
      Predicate<Approval> same = its.and(approval -> isSame(approval, order));
      List<Approval> again = within(approvals, order.now(), window, same);
      order.never("duplicate-order", "window", !again.isEmpty(), again);
    }
  }

  private void throttle(
      LimitsCase order, String rule, String name, int seconds, Predicate<Approval> which) {
    int orders = 1 + within(approvals, order.now(), Duration.ofSeconds(seconds), which).size();
    order.most(rule, name, rules.count(rule, name), orders);
  }

  private void today(LimitsCase order, String rule, Predicate<Approval> which) {
    int orders = 1;
    for (Approval approval : approvals) {
      boolean today = LimitsCase.dayOf(approval.at()).equals(order.day());
      orders += today && which.test(approval) ? 1 : 0;
    }
    order.most(rule, "per-day", rules.count(rule, "per-day"), orders);
  }

  /** One exactly as old as the window no longer counts. */
  private static List<Approval> within(
      List<Approval> approvals, Instant now, Duration window, Predicate<Approval> which) {
    Instant start = now.minus(window);
    return approvals.stream()
        .filter(approval -> approval.at().isAfter(start))
        .filter(which)
        .toList();
  }

  /**
   * Same pair and side, and the same size or volume asked for; what a limit left is not compared.
   */
  private static boolean isSame(Approval before, LimitsCase order) {
    return before.pair().equals(order.pair())
        && before.side() == order.plan().side()
        && (before.volume().compareTo(order.asked()) == 0
            || before.asked().compareTo(order.asked()) == 0
            || isSame(before.signal().size(), order.signal().size()));
  }

  private static boolean isSame(@Nullable SignalSize one, @Nullable SignalSize other) {
    return one != null
        && other != null
        && one.unit() == other.unit()
        && one.value().compareTo(other.value()) == 0;
  }
}
