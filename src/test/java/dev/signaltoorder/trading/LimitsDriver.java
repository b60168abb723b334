package dev.signaltoorder.trading;

import dev.signaltoorder.kraken.AddOrderVerdict;
import dev.signaltoorder.kraken.AssetBalance;
import dev.signaltoorder.kraken.OrderInfo;
import dev.signaltoorder.market.PairRules;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;

/** Lets one thing after the other happen to an account, at random. */
@NullUnmarked // a null where none is expected fails the test, which is what it is for
final class LimitsDriver {
  private static final BigDecimal EQUITY = new BigDecimal("500");

  private final CoreUnderTest core;
  private final Random random;
  private final LimitsRegime.Mix mix;
  private final LimitsMarket market;
  private final LimitsExchange exchange;
  private final LimitsSignals signals;
  private @Nullable Reading reading;

  /** Balances that were asked for and not yet answered. */
  private record Reading(long asOf, Map<String, AssetBalance> figures) {}

  LimitsDriver(CoreUnderTest core, Random random, LimitsRegime regime, LimitsMarket market) {
    this.core = core;
    this.random = random;
    this.mix = regime.mix();
    this.market = market;
    this.exchange = new LimitsExchange(regime.funds());
    this.signals = new LimitsSignals(random, mix, market);
  }

  /** What the account has, before anything happens. */
  void begin() {
    ask();
    answer();
  }

  void step() {
    time();
    market.walk();
    // Whatever is held has a price: a missing one is not what this is about.
    for (PairRules pair : LimitsMarket.PAIRS) {
      MarketView calm = market.calm(pair, core.now(), core.id());
      core.step(new Message.PriceSeen(pair.symbol(), calm));
    }
    int chance = random.nextInt(100);
    if (chance < mix.signals()) {
      signals.send(core);
    } else if (chance < mix.signals() + 1) {
      String scope = List.of("ENTRIES", "ALL", "CANCEL_ALL").get(random.nextInt(3));
      core.step(new Message.Halt(scope, "anna", "random"));
    } else if (chance < mix.signals() + 8) {
      // Two approvals at one instant, one before and one after it, could not be told apart.
      core.stepClock(Duration.ofMillis(1));
      core.step(new Message.Resume("anna", "random"));
    } else if (chance < mix.signals() + 14) {
      balances();
    } else if (chance < mix.signals() + 18) {
      core.tick();
    } else {
      order();
    }
  }

  private void time() {
    if (random.nextInt(100) >= mix.still()) {
      core.stepClock(Duration.ofMillis(random.nextInt(mix.pause())));
    }
    if (random.nextInt(60) == 0) {
      core.stepClock(Duration.ofMinutes(random.nextInt(100)));
    }
  }

  /** Asked for now, answered later. */
  private void balances() {
    if (reading == null) {
      ask();
    } else {
      answer();
    }
  }

  private void ask() {
    reading =
        new Reading(core.state().factCount(), exchange.figures(core.state().liveOrders().values()));
  }

  private void answer() {
    core.step(
        new Message.BalancesAnswered(
            reading.asOf(),
            core.success("BalanceEx", reading.figures()),
            Map.of("ZUSD", core.success("TradeBalance", EQUITY))));
    reading = null;
  }

  private void order() {
    List<Searches.Watched> absent = List.copyOf(core.state().searches().watched().values());
    if (!absent.isEmpty() && random.nextInt(20) == 0) {
      Order order = absent.get(random.nextInt(absent.size())).order();
      core.looksUp(order.orderId(), exchange.shown(order, "T" + order.orderId(), "open"));
      return;
    }
    List<Order> live = new ArrayList<>(core.state().liveOrders().values());
    if (live.isEmpty()) {
      return;
    }
    Order order = live.get(random.nextInt(live.size()));
    UUID id = order.orderId();
    switch (order.state()) {
      case OrderState.Intended intended -> core.addOrder(id, verdict(id));
      case OrderState.Open open -> follow(order, live);
      case OrderState.InDoubt doubt when random.nextInt(3) == 0 ->
          core.looksUp(id, exchange.shown(order, "T" + id, "open"));
      case OrderState.InDoubt doubt -> {
        core.tick();
        core.looksUpNothing(id);
      }
      default -> {
        String txid = random.nextBoolean() ? "" : "T" + id;
        core.step(new Message.Settle(id, txid, "anna", "looked"));
      }
    }
  }

  /** All open orders are shown; of one, more is executed. */
  private void follow(Order moved, List<Order> live) {
    Map<String, OrderInfo> shown = new HashMap<>();
    for (Order order : live) {
      if (order.state() instanceof OrderState.Open open) {
        OrderInfo info =
            order.orderId().equals(moved.orderId())
                ? exchange.more(order, open.txid(), random)
                : exchange.shown(order, open.txid(), "open");
        shown.put(open.txid(), info);
      }
    }
    core.step(new Message.Followed(core.shown(shown), 100));
  }

  private AddOrderVerdict verdict(UUID id) {
    int chance = random.nextInt(100);
    if (chance < mix.refused()) {
      return new AddOrderVerdict.NotPlaced("EOrder:No", true);
    }
    if (chance < mix.refused() + mix.doubtful()) {
      return new AddOrderVerdict.MaybePlaced("no answer");
    }
    return chance == 99
        ? new AddOrderVerdict.NotPlaced("halted", false)
        : new AddOrderVerdict.Placed("T" + id);
  }
}
