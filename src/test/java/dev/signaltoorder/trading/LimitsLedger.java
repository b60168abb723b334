package dev.signaltoorder.trading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signaltoorder.kraken.OrderInfo;
import dev.signaltoorder.risk.Side;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;

/**
 * Books kept from facts alone, in the plainest way, with nothing of the account's state; looks at
 * every approved order and says when one breaks a limit.
 */
@NullUnmarked // a null where none is expected fails the test, which is what it is for
final class LimitsLedger {
  static final int OPEN_ORDERS = 8;
  static final BigDecimal OPEN_NOTIONAL = new BigDecimal("450");
  static final BigDecimal POSITION = new BigDecimal("300");
  // About half of what an unlimited day comes to: a limit that no day reaches shows nothing.
  static final BigDecimal DAILY = new BigDecimal("4000");
  static final int PER_MINUTE = 5;
  static final int ENTRIES = 4;
  static final int UNKNOWN = 1;

  private final Map<UUID, Line> lines = new LinkedHashMap<>();
  private final Map<String, BigDecimal> positions = new HashMap<>();
  private final Map<String, BigDecimal> ofStrategies = new HashMap<>();
  private final Map<LocalDate, BigDecimal> days = new HashMap<>();
  private final Deque<Instant> lastMinute = new ArrayDeque<>();
  private final Map<String, Integer> reasons = new TreeMap<>();
  private @Nullable String halt;
  private int approved;
  private int refused;
  private int halts;
  private int exits;

  /** One order that is not finished. */
  private static final class Line {
    private final OrderIntent intent;
    private BigDecimal executed = BigDecimal.ZERO;
    private boolean unknown;

    Line(OrderIntent intent) {
      this.intent = intent;
    }

    BigDecimal open() {
      return intent.plan().volume().subtract(executed);
    }
  }

  void see(Fact fact, String when) {
    switch (fact) {
      case Fact.OrderIntended intended -> {
        check(intended.intent(), when);
        lines.put(intended.orderId(), new Line(intended.intent()));
      }
      case Fact.SignalDecided decided -> {
        decided.decision().reasons().forEach(reason -> reasons.merge(reason, 1, Integer::sum));
        refused += decided.decision().approved() ? 0 : 1;
      }
      case Fact.OrderProgressed progressed ->
          executed(progressed.orderId(), progressed.execution());
      case Fact.OrderEnded ended -> {
        executed(ended.orderId(), ended.execution());
        lines.remove(ended.orderId());
      }
      case Fact.OrderRefused no -> absent(no.orderId());
      case Fact.OrderNotPlaced no -> absent(no.orderId());
      case Fact.OrderInDoubt doubt -> lines.get(doubt.orderId()).unknown = true;
      case Fact.OrderPlaced placed -> lines.get(placed.orderId()).unknown = false;
      case Fact.TradingHalted halted -> {
        halt = halted.scope();
        halts++;
      }
      case Fact.TradingResumed resumed -> halt = null;
      default -> {
        // Nothing that a limit is about.
      }
    }
  }

  private void check(OrderIntent intent, String when) {
    approved++;
    boolean buy = intent.plan().side() == Side.BUY;
    BigDecimal notional = intent.plan().notional();
    LocalDate day = LocalDate.ofInstant(intent.approvedAt(), ZoneOffset.UTC);
    BigDecimal open = notional;
    BigDecimal pair = positions.getOrDefault(intent.plan().pair(), BigDecimal.ZERO);
    pair = pair.max(BigDecimal.ZERO).add(intent.plan().volume());
    int unknown = 0;
    int entries = 0;
    for (Line line : lines.values()) {
      open = open.add(line.open().multiply(line.intent.plan().referencePrice()));
      boolean here = line.intent.plan().pair().equals(intent.plan().pair());
      if (here && line.intent.plan().side() == Side.BUY) {
        pair = pair.add(line.open());
        entries += line.intent.strategy().equals(intent.strategy()) ? 1 : 0;
      }
      unknown += line.unknown ? 1 : 0;
    }
    lastMinute.addLast(intent.approvedAt());
    Instant minuteAgo = intent.approvedAt().minus(Duration.ofMinutes(1));
    while (!lastMinute.getFirst().isAfter(minuteAgo)) {
      lastMinute.removeFirst();
    }
    BigDecimal today = days.merge(day, notional, BigDecimal::add);
    assertThat(halt).as("halted, %s", when).isIn(buy ? none() : sellsOnly());
    assertThat(today).as("of the day, %s", when).isLessThanOrEqualTo(DAILY);
    if (isExit(intent)) {
      exits++;
    } else {
      assertThat(lines.size() + 1).as("open orders, %s", when).isLessThanOrEqualTo(OPEN_ORDERS);
      assertThat(open).as("open notional, %s", when).isLessThanOrEqualTo(OPEN_NOTIONAL);
      assertThat(lastMinute.size()).as("in a minute, %s", when).isLessThanOrEqualTo(PER_MINUTE);
    }
    if (buy) {
      assertThat(notional).as("one order, %s", when).isLessThanOrEqualTo(new BigDecimal("100"));
      assertThat(pair.multiply(intent.midAtDecision()))
          .as("position, %s", when)
          .isLessThanOrEqualTo(POSITION);
      assertThat(unknown).as("unknown orders, %s", when).isLessThanOrEqualTo(UNKNOWN);
      assertThat(entries + 1).as("open entries, %s", when).isLessThanOrEqualTo(ENTRIES);
    }
  }

  /** All sells of the strategy that are out and this one together sell no more than it holds. */
  private boolean isExit(OrderIntent intent) {
    BigDecimal sold = intent.plan().volume();
    for (Line line : lines.values()) {
      boolean sells = line.intent.plan().side() == Side.SELL;
      sold = sells && key(line.intent).equals(key(intent)) ? sold.add(line.open()) : sold;
    }
    BigDecimal held = ofStrategies.getOrDefault(key(intent), BigDecimal.ZERO);
    return intent.plan().side() == Side.SELL && sold.compareTo(held) <= 0;
  }

  private static String key(OrderIntent intent) {
    return intent.plan().pair() + " " + intent.strategy();
  }

  private static Object[] none() {
    return new Object[] {null};
  }

  private static Object[] sellsOnly() {
    return new Object[] {null, "ENTRIES"};
  }

  private void executed(UUID orderId, Execution execution) {
    Line line = lines.get(orderId);
    BigDecimal more = execution.volume().subtract(line.executed);
    line.executed = execution.volume();
    BigDecimal signed = LimitsHoldTest.signed(line.intent.plan().side(), more);
    positions.merge(line.intent.plan().pair(), signed, BigDecimal::add);
    ofStrategies.merge(key(line.intent), signed, BigDecimal::add);
  }

  private void absent(UUID orderId) {
    OrderIntent intent = lines.remove(orderId).intent;
    LocalDate day = LocalDate.ofInstant(intent.approvedAt(), ZoneOffset.UTC);
    days.merge(day, intent.plan().notional().negate(), BigDecimal::add);
  }

  /** A little more of an open order is executed, or it ends. */
  static OrderInfo more(Order order, OrderState.Open open, Random random) {
    BigDecimal volume = order.intent().plan().volume();
    BigDecimal executed = open.execution().volume();
    boolean ends = random.nextInt(3) > 0;
    BigDecimal next =
        random.nextInt(3) > 0 && ends
            ? volume
            : executed.add(volume.subtract(executed).movePointLeft(1));
    return info(order, open.txid(), ends ? "closed" : "open", next.toPlainString());
  }

  static OrderInfo info(Order order, String txid, String status, String executed) {
    BigDecimal volume = new BigDecimal(executed);
    BigDecimal price = order.intent().plan().referencePrice();
    BigDecimal cost = volume.multiply(price);
    return new OrderInfo(
        txid,
        order.intent().clientOrderId(),
        order.intent().altname(),
        order.intent().plan().side() == Side.BUY ? "buy" : "sell",
        status,
        order.intent().plan().volume(),
        volume,
        cost,
        cost.multiply(new BigDecimal("0.0026")),
        volume.signum() == 0 ? BigDecimal.ZERO : price,
        null,
        Samples.NOW,
        null);
  }

  int approved() {
    return approved;
  }

  int refused() {
    return refused;
  }

  int halts() {
    return halts;
  }

  /** Approved sells that only made a position smaller. */
  int exits() {
    return exits;
  }

  /** How often each rule denied. */
  Map<String, Integer> reasons() {
    return reasons;
  }
}
