package dev.signaltoorder.trading;

import dev.signaltoorder.market.PairRules;
import dev.signaltoorder.signal.Action;
import dev.signaltoorder.signal.Delivery;
import dev.signaltoorder.signal.OrderType;
import dev.signaltoorder.signal.Signal;
import dev.signaltoorder.signal.SignalSize;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;

/** Signals of three strategies and two sources, some too large, too late or out of order. */
@NullUnmarked // a null where none is expected fails the test, which is what it is for
final class LimitsSignals {
  private static final int[] DOLLARS = {12, 18, 25, 33, 40, 48, 55, 62, 70, 85, 110};

  private final Random random;
  private final LimitsRegime.Mix mix;
  private final LimitsMarket market;
  private final Map<String, Long> numbers = new HashMap<>();

  LimitsSignals(Random random, LimitsRegime.Mix mix, LimitsMarket market) {
    this.random = random;
    this.mix = mix;
    this.market = market;
  }

  void send(CoreUnderTest core) {
    PairRules pair = LimitsMarket.PAIRS.get(random.nextInt(2));
    String source = random.nextInt(3) == 0 ? "other" : "demo";
    Signal signal = signal(source, pair, core.now());
    UUID id = core.id();
    byte[] body = "body".getBytes(StandardCharsets.UTF_8);
    Delivery delivery = new Delivery(id, source, "main", "msg-" + id, "body", body, core.now());
    MarketView view = market.any(pair, takenAt(core.now()), core.id());
    core.step(new Message.SignalArrived(delivery, signal, view));
  }

  /** Now, as a rule. */
  private Instant takenAt(Instant now) {
    int chance = random.nextInt(100);
    return chance < 80
        ? now
        : chance < 95
            ? now.minusMillis(random.nextInt(7_000))
            : now.plusMillis(random.nextInt(2_000));
  }

  private Instant eventTime(Instant now) {
    int chance = random.nextInt(100);
    return chance < 92
        ? now
        : chance < 97
            ? now.minusMillis(random.nextInt(120_000))
            : now.plusMillis(random.nextInt(10_000));
  }

  private Signal signal(String source, PairRules pair, Instant now) {
    String strategy = "strategy-" + random.nextInt(3);
    int chance = random.nextInt(100);
    Action action =
        chance < mix.buys()
            ? Action.BUY
            : chance < mix.buys() + mix.closes() ? Action.CLOSE : Action.SELL;
    OrderType type =
        List.of(OrderType.LIMIT, OrderType.LIMIT, OrderType.LIMIT, OrderType.MARKET)
            .get(random.nextInt(4));
    return new Signal(
        source,
        null,
        strategy,
        pair.symbol(),
        action,
        type,
        type == OrderType.LIMIT && random.nextInt(3) == 0 ? price(pair) : null,
        null,
        null,
        List.of(),
        action == Action.CLOSE ? null : size(pair),
        null,
        null,
        null,
        null,
        random.nextInt(3) == 0 ? null : number(source + strategy),
        eventTime(now),
        random.nextInt(30) == 0 ? now.plusMillis(random.nextInt(4_000) - 2_000) : null);
  }

  private BigDecimal price(PairRules pair) {
    double away = 1 + (random.nextDouble() - 0.5) * 0.03;
    return LimitsMarket.rounded(pair, market.mid(pair).multiply(BigDecimal.valueOf(away)));
  }

  private SignalSize size(PairRules pair) {
    BigDecimal dollars = BigDecimal.valueOf(DOLLARS[random.nextInt(DOLLARS.length)]);
    boolean coins = random.nextInt(4) == 0;
    BigDecimal start = new BigDecimal(pair.symbol().equals("BTC/USD") ? "50000" : "2500");
    return coins
        ? new SignalSize(SignalSize.Unit.BASE, dollars.divide(start, 8, RoundingMode.DOWN))
        : new SignalSize(SignalSize.Unit.QUOTE, dollars);
  }

  /** The next, as a rule; sometimes one is left out, comes again, or the count begins anew. */
  private @Nullable Long number(String sender) {
    int chance = random.nextInt(50);
    long last = numbers.getOrDefault(sender, 0L);
    long next = chance == 0 ? 1 : chance < 3 ? last + 2 : chance < 5 ? last : last + 1;
    numbers.put(sender, next);
    return next;
  }
}
