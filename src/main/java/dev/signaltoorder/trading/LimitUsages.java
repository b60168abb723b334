package dev.signaltoorder.trading;

import dev.signaltoorder.risk.RuleCodes;
import dev.signaltoorder.risk.RuleLimits;
import dev.signaltoorder.risk.RuleSet;
import dev.signaltoorder.risk.Side;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Measures an account against its active rules, as the rules count. */
final class LimitUsages {
  private static final String ORDERS = "orders";

  private final AccountState state;
  private final RuleLimits limits;
  private final Instant now;
  private final List<LimitUsage> usages = new ArrayList<>();

  private LimitUsages(AccountState state, RuleSet rules, Instant now) {
    this.state = state;
    this.limits = new RuleLimits(rules);
    this.now = now;
  }

  static List<LimitUsage> of(AccountState state, Instant now) {
    RuleSet rules = state.ruleBook().active();
    return rules == null ? List.of() : new LimitUsages(state, rules, now).measure();
  }

  private List<LimitUsage> measure() {
    Map<String, String> assets = assetsByQuote();
    assets.forEach(this::measureQuote);
    pairsInUse().forEach(this::measurePair);
    count(
        RuleCodes.OPEN_ORDERS,
        "count",
        "Orders that are open, stops left out",
        live(order -> !order.intent().stops()));
    count(
        RuleCodes.UNKNOWN_ORDERS,
        "count",
        "Orders in doubt or quarantined",
        live(
            order ->
                order.state() instanceof OrderState.InDoubt
                    || order.state() instanceof OrderState.Quarantined));
    throttle("per-minute", "Orders approved in the last minute", Duration.ofMinutes(1));
    throttle("per-hour", "Orders approved in the last hour", Duration.ofHours(1));
    LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
    count(
        RuleCodes.MESSAGE_THROTTLE,
        "per-day",
        "Orders approved today",
        state.approvals().within(AccountViews.APPROVALS_SHOWN, now).stream()
            .filter(one -> LocalDate.ofInstant(one.approvedAt(), ZoneOffset.UTC).equals(today))
            .count());
    return usages;
  }

  /** Quote assets by their modern names; the id is empty while nothing was ordered in them. */
  private Map<String, String> assetsByQuote() {
    Map<String, String> assets = new TreeMap<>();
    limits.pairs().forEach(pair -> assets.put(quoteOf(pair), ""));
    state
        .track()
        .results()
        .image()
        .lots()
        .forEach(held -> assets.put(quoteOf(held.pair()), held.lot().quoteAsset()));
    state
        .approvals()
        .image()
        .recent()
        .forEach(one -> assets.put(quoteOf(one.intent().plan().pair()), one.intent().quoteAsset()));
    state
        .liveOrders()
        .values()
        .forEach(one -> assets.put(quoteOf(one.intent().plan().pair()), one.intent().quoteAsset()));
    return assets;
  }

  private void measureQuote(String quote, String asset) {
    Function<String, @Nullable BigDecimal> mids = state.track().prices()::last;
    Results results = state.track().results();
    BigDecimal equity = state.holdings().equity(asset);
    usages.add(
        new LimitUsage(
            RuleCodes.DAILY_NOTIONAL,
            "Value of the orders approved today",
            quote,
            state.approvals().notionalOf(asset, now),
            limits.amount(RuleCodes.DAILY_NOTIONAL, "limit", quote, null),
            quote));
    usages.add(
        new LimitUsage(
            RuleCodes.OPEN_ORDERS,
            "Value of the orders that are open",
            quote,
            sum(
                order -> order.intent().quoteAsset().equals(asset) && !order.intent().stops(),
                Order::unexecutedNotional),
            limits.amount(RuleCodes.OPEN_ORDERS, "notional", quote, null),
            quote));
    usages.add(
        new LimitUsage(
            RuleCodes.DAILY_LOSS,
            "Loss of today, open positions included",
            quote,
            results.ofDay(asset, now, mids).negate().max(BigDecimal.ZERO),
            limits.loss(RuleCodes.DAILY_LOSS, quote, equity),
            quote));
    usages.add(
        new LimitUsage(
            RuleCodes.DRAWDOWN,
            "Distance from the highest result",
            quote,
            results.drawdown(asset, mids),
            limits.loss(RuleCodes.DRAWDOWN, quote, equity),
            quote));
  }

  private Set<String> pairsInUse() {
    Set<String> pairs = new TreeSet<>(state.positions().all().keySet());
    state.liveOrders().values().forEach(order -> pairs.add(order.intent().plan().pair()));
    return pairs;
  }

  private void measurePair(String pair) {
    BigDecimal mid = state.track().prices().last(pair);
    BigDecimal openBuys =
        sum(
            order ->
                order.intent().plan().pair().equals(pair)
                    && order.intent().plan().side() == Side.BUY,
            Order::unexecutedVolume);
    BigDecimal volume = state.positions().of(pair).max(BigDecimal.ZERO).add(openBuys);
    usages.add(
        new LimitUsage(
            RuleCodes.POSITION_LIMIT,
            "Position with its open buys, at the last price that was seen",
            pair,
            mid == null ? null : volume.multiply(mid),
            limits.amount(RuleCodes.POSITION_LIMIT, "limit", quoteOf(pair), pair),
            quoteOf(pair)));
  }

  private void throttle(String parameter, String what, Duration window) {
    count(
        RuleCodes.MESSAGE_THROTTLE, parameter, what, state.approvals().within(window, now).size());
  }

  private void count(String rule, String parameter, String what, long used) {
    usages.add(
        new LimitUsage(
            rule, what, "", BigDecimal.valueOf(used), limits.number(rule, parameter), ORDERS));
  }

  private long live(Predicate<Order> which) {
    return state.liveOrders().values().stream().filter(which).count();
  }

  private BigDecimal sum(Predicate<Order> which, Function<Order, BigDecimal> what) {
    return state.liveOrders().values().stream()
        .filter(which)
        .map(what)
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private static String quoteOf(String pair) {
    return pair.substring(pair.indexOf('/') + 1);
  }
}
