package dev.signaltoorder.trading;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;

/** How large one order may be, and all orders of a day: of the account, a strategy, a source. */
@NullUnmarked // a null where none is expected fails the test, which is what it is for
final class LimitsOfSize implements LimitsBook {
  private static final String ORDER = "max-order-notional";
  private static final String QUANTITY = "max-order-quantity";
  private static final String DAILY = "daily-notional";

  private final LimitsRules rules;
  private final LimitsOrders orders;
  private final Map<String, BigDecimal> days = new HashMap<>();

  LimitsOfSize(LimitsRules rules, LimitsOrders orders) {
    this.rules = rules;
    this.orders = orders;
  }

  @Override
  public void see(Fact fact) {
    switch (fact) {
      case Fact.OrderIntended intended -> count(intended.intent(), 1);
      case Fact.OrderRefused no -> count(orders.intent(no.orderId()), -1);
      case Fact.OrderNotPlaced no -> count(orders.intent(no.orderId()), -1);
      case Fact.OrderPlaced placed when !orders.isLive(placed.orderId()) ->
          count(orders.intent(placed.orderId()), 1);
      default -> {
        // Nothing about the size of orders.
      }
    }
  }

  /** It counts on the day of its approval; what is not there does not count. */
  private void count(OrderIntent intent, int times) {
    BigDecimal value = intent.plan().volume().multiply(intent.plan().referencePrice());
    BigDecimal change = value.multiply(BigDecimal.valueOf(times));
    String day = LimitsCase.dayOf(intent.approvedAt()).toString();
    for (String whose : List.of("", " " + intent.strategy(), " " + intent.source())) {
      days.merge(day + whose, change, BigDecimal::add);
    }
  }

  @Override
  public void judge(LimitsCase order) {
    String strategy = order.signal().strategy();
    String source = order.signal().source();
    String day = order.day().toString();
    if (isJudged(ORDER, order)) {
      order.most(ORDER, "limit", rules.ofPair(ORDER, "limit", order.pair()), order.value());
      own(ORDER, "strategy-limit", strategy, order, order.value());
      own(ORDER, "source-limit", source, order, order.value());
    }
    if (isJudged(QUANTITY, order)) {
      BigDecimal volume = order.plan().volume();
      BigDecimal own = rules.own(QUANTITY, "limit", order.pair());
      BigDecimal value = rules.ofPair(ORDER, "limit", order.pair());
      if (own != null) {
        order.most(QUANTITY, "limit of the pair", own, volume);
      } else {
        BigDecimal atMid = volume.multiply(order.market().mid());
        order.most(QUANTITY, "factor", value.multiply(rules.number(QUANTITY, "factor")), atMid);
      }
    }
    if (isJudged(DAILY, order)) {
      order.most(DAILY, "limit", rules.ofPair(DAILY, "limit", order.pair()), with(day, order));
      own(DAILY, "strategy-limit", strategy, order, with(day + " " + strategy, order));
      own(DAILY, "source-limit", source, order, with(day + " " + source, order));
    }
  }

  private boolean isJudged(String rule, LimitsCase order) {
    return !order.closes() || rules.word(rule, "exempt-close").equals("off");
  }

  private BigDecimal with(String day, LimitsCase order) {
    return days.getOrDefault(day, BigDecimal.ZERO).add(order.value());
  }

  private void own(String rule, String name, String whose, LimitsCase order, BigDecimal actual) {
    @Nullable BigDecimal limit = rules.own(rule, name, whose);
    if (limit != null) {
      order.most(rule, name, limit, actual);
    }
  }
}
