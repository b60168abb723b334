package dev.signaltoorder.trading;

import dev.signaltoorder.risk.Side;
import dev.signaltoorder.signal.Signal;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.NullUnmarked;

/** How often Kraken failed, how often a position was added to, and the sender's own count. */
@NullUnmarked // a null where none is expected fails the test, which is what it is for
final class LimitsOfConduct implements LimitsBook {
  private static final int RATED = 20;

  private final LimitsRules rules;
  private final LimitsOrders orders;
  private final List<Boolean> failed = new ArrayList<>();
  private final Set<UUID> unanswered = new HashSet<>();
  private final Map<String, Built> positions = new HashMap<>();
  private final Map<String, Long> highest = new HashMap<>();
  private final Map<UUID, Long> before = new HashMap<>();

  /** A position: buys that are out, buys that bought something, and their volumes. */
  private static final class Built {
    private final Set<UUID> out = new HashSet<>();
    private int done;
    private BigDecimal bought = BigDecimal.ZERO;
    private BigDecimal held = BigDecimal.ZERO;
  }

  LimitsOfConduct(LimitsRules rules, LimitsOrders orders) {
    this.rules = rules;
    this.orders = orders;
  }

  @Override
  public void see(Fact fact) {
    switch (fact) {
      case Fact.SignalReceived received -> numbered(received.signalId(), received.signal());
      case Fact.TradingResumed resumed -> failed.clear();
      case Fact.OrderIntended intended -> {
        unanswered.add(intended.orderId());
        out(intended.orderId(), intended.intent());
      }
      case Fact.OrderPlaced placed -> {
        answered(placed.orderId(), false);
        out(placed.orderId(), orders.intent(placed.orderId()));
      }
      case Fact.OrderRefused no -> {
        answered(no.orderId(), true);
        changed(no.orderId(), orders.executed(no.orderId()), true);
      }
      case Fact.OrderInDoubt doubt -> answered(doubt.orderId(), true);
      case Fact.OrderNotPlaced no -> {
        // Never sent, or in doubt and so counted: that says nothing more of Kraken.
        unanswered.remove(no.orderId());
        changed(no.orderId(), orders.executed(no.orderId()), true);
      }
      case Fact.OrderProgressed more -> changed(more.orderId(), more.execution().volume(), false);
      case Fact.OrderEnded ended -> changed(ended.orderId(), ended.execution().volume(), true);
      default -> {
        // Nothing about conduct.
      }
    }
  }

  private void answered(UUID orderId, boolean failure) {
    if (unanswered.remove(orderId)) {
      failed.add(failure);
    }
  }

  private void numbered(UUID signalId, Signal signal) {
    String sender = signal.source() + " " + signal.strategy();
    if (highest.containsKey(sender)) {
      before.put(signalId, highest.get(sender));
    }
    Long number = signal.sequence();
    if (number != null) {
      boolean anew = number <= 1;
      highest.put(sender, anew ? number : Math.max(number, highest.getOrDefault(sender, 0L)));
    }
  }

  private void out(UUID orderId, OrderIntent intent) {
    if (intent.plan().side() == Side.BUY) {
      positions.computeIfAbsent(LimitsOrders.key(intent), key -> new Built()).out.add(orderId);
    }
  }

  /** A position of which less than a hundredth is left is over. */
  private void changed(UUID orderId, BigDecimal executed, boolean ended) {
    OrderIntent intent = orders.intent(orderId);
    Built position = positions.get(LimitsOrders.key(intent));
    if (position == null) {
      return;
    }
    BigDecimal more = executed.subtract(orders.executed(orderId));
    if (intent.plan().side() == Side.BUY) {
      position.bought = position.bought.add(more);
      position.held = position.held.add(more);
      if (ended) {
        position.out.remove(orderId);
        position.done += executed.signum();
      }
    } else {
      position.held = position.held.subtract(more);
    }
    BigDecimal hundredth = position.bought.movePointLeft(2);
    if (position.held.signum() <= 0 || position.held.compareTo(hundredth) < 0) {
      position.done = 0;
      position.bought = position.held;
      if (position.out.isEmpty()) {
        positions.remove(LimitsOrders.key(intent));
      }
    }
  }

  @Override
  public void judge(LimitsCase order) {
    if (!order.exit()) {
      List<Boolean> last = failed.subList(Math.max(0, failed.size() - RATED), failed.size());
      long failures = last.stream().filter(failure -> failure).count();
      BigDecimal percent = BigDecimal.valueOf(failures * 100 / RATED);
      order.most("error-rate", "limit", rules.number("error-rate", "limit"), percent);
    }
    if (order.buys()) {
      Built position = positions.get(order.pair() + " " + order.signal().strategy());
      int buys = position == null ? 0 : position.done + position.out.size();
      order.most("pyramiding", "max-entries", rules.count("pyramiding", "max-entries"), buys + 1);
    }
    Long number = order.signal().sequence();
    Long last = before.get(order.signalId());
    if (number != null && last != null && !order.closes() && number > 1) {
      boolean gap = number > last + 1 && rules.word("sequence", "gap").equals("hold");
      boolean late = number <= last && rules.word("sequence", "out-of-order").equals("hold");
      order.never("sequence", "gap", gap, number + " after " + last);
      order.never("sequence", "out-of-order", late, number + " after " + last);
    }
  }
}
