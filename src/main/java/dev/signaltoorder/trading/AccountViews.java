package dev.signaltoorder.trading;

import dev.signaltoorder.market.MarketSnapshot;
import dev.signaltoorder.market.PairRules;
import dev.signaltoorder.risk.AccountHistory;
import dev.signaltoorder.risk.AccountHistory.OpenOrder;
import dev.signaltoorder.risk.AccountView;
import dev.signaltoorder.risk.AccountView.TradingState;
import dev.signaltoorder.risk.RiskInput;
import dev.signaltoorder.risk.Side;
import dev.signaltoorder.signal.Signal;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What the rules get to see of an account, computed from its state. */
final class AccountViews {
  static final Duration APPROVALS_SHOWN = Duration.ofHours(24);

  private AccountViews() {}

  /** All that a decision is made of. */
  static RiskInput input(
      AccountState state,
      Fact.SignalReceived received,
      MarketView market,
      YoungPrices prices,
      Instant now) {
    return new RiskInput(
        received.signal(),
        received.receivedAt(),
        now,
        market.pair(),
        market.pairProblem(),
        market.snapshot(),
        market.snapshotProblem(),
        of(state, received, market, prices, now));
  }

  private static AccountView of(
      AccountState state,
      Fact.SignalReceived received,
      MarketView market,
      YoungPrices prices,
      Instant now) {
    Signal signal = received.signal();
    PairRules pair = market.pair();
    String symbol = pair == null ? signal.pair() : pair.symbol();
    String quote = pair == null ? "" : pair.quote();
    String strategy = signal.strategy();
    Predicate<Order> inPair = order -> order.intent().plan().pair().equals(symbol);
    Predicate<Order> buys = order -> order.intent().plan().side() == Side.BUY;
    // A stop is no order that someone approved: it lets go of its coins when they are sold.
    Predicate<Order> stops = order -> order.intent().stops();
    Predicate<Order> inQuote = order -> order.intent().quoteAsset().equals(quote);
    Predicate<Order> its = inPair.and(order -> order.intent().strategy().equals(strategy));
    return new AccountView(
        tradingState(state),
        tradingStateReason(state),
        (int) state.liveOrders().values().stream().filter(stops.negate()).count(),
        sum(state, inQuote.and(stops.negate()), Order::unexecutedNotional),
        state.positions().of(symbol),
        state.positions().of(symbol, strategy),
        sum(state, its.and(buys.negate()).and(stops.negate()), Order::unexecutedVolume),
        sum(state, inPair.and(buys), Order::unexecutedVolume),
        state.approvals().notionalOf(quote, now),
        pair == null ? null : freeBase(state, pair, its.and(stops)),
        pair == null ? null : state.holdings().free(pair.quote()),
        pair == null ? null : state.holdings().equity(pair.quote()),
        state.approvals().within(APPROVALS_SHOWN, now),
        history(state, received, market, prices, now),
        state.fees().percentOf(symbol),
        state.approvals().ofStrategy(strategy, quote, now),
        state.approvals().ofSource(signal.source(), quote, now));
  }

  private static AccountHistory history(
      AccountState state,
      Fact.SignalReceived received,
      MarketView market,
      YoungPrices prices,
      Instant now) {
    PairRules pair = market.pair();
    if (pair == null) {
      return AccountHistory.UNKNOWN;
    }
    TrackRecord track = state.track();
    Results results = track.results();
    MarketSnapshot snapshot = market.snapshot();
    String symbol = pair.symbol();
    Function<String, @Nullable BigDecimal> mids =
        other -> snapshot != null && other.equals(symbol) ? snapshot.mid() : prices.mid(other, now);
    return new AccountHistory(
        state.liveOrders().values().stream()
            .filter(order -> order.intent().plan().pair().equals(symbol))
            .filter(order -> !order.intent().stops())
            .map(AccountViews::openOrder)
            .toList(),
        (int) state.liveOrders().values().stream().filter(AccountViews::unknown).count(),
        track.entries().count(symbol, received.signal().strategy()),
        track.resumedAfter(),
        track.recentFailures(),
        track.sequenceBefore(received.signalId()),
        results.ofDay(pair.quote(), now, mids),
        results.drawdown(pair.quote(), mids),
        results.losses(symbol),
        results.lostAt(symbol),
        track.prices().recent(symbol, now),
        ClockSkew.seconds(market.calls()),
        prices.missing(results, pair.quote(), symbol, now));
  }

  private static OpenOrder openOrder(Order order) {
    return new OpenOrder(order.intent().plan().side(), order.intent().plan().limitPrice());
  }

  private static boolean unknown(Order order) {
    return order.state() instanceof OrderState.InDoubt
        || order.state() instanceof OrderState.Quarantined;
  }

  /** With what the strategy's own stop holds at Kraken: it lets go when the strategy sells. */
  private static @Nullable BigDecimal freeBase(
      AccountState state, PairRules pair, Predicate<Order> ownStops) {
    BigDecimal free = state.holdings().free(pair.base());
    BigDecimal resting =
        sum(
            state,
            ownStops.and(order -> order.state() instanceof OrderState.Open),
            Order::unexecutedVolume);
    return free == null || resting.signum() == 0 ? free : free.max(BigDecimal.ZERO).add(resting);
  }

  static TradingState tradingState(AccountState state) {
    Fact.TradingHalted halt = state.halt();
    if (halt != null) {
      return halt.scope().equals("ENTRIES") ? TradingState.ENTRIES_HALTED : TradingState.HALTED;
    }
    Fact.KeyChecked keyCheck = state.keyCheck();
    if (keyCheck == null || !keyCheck.refusals().isEmpty()) {
      return TradingState.NOT_ARMED;
    }
    return state.mode().equals("live") && !state.armed()
        ? TradingState.NOT_ARMED
        : TradingState.ACTIVE;
  }

  static @Nullable String tradingStateReason(AccountState state) {
    Fact.TradingHalted halt = state.halt();
    if (halt != null) {
      return "halted (" + Halts.what(halt) + ") by " + halt.actor() + ": " + halt.reason();
    }
    Fact.KeyChecked keyCheck = state.keyCheck();
    if (keyCheck == null) {
      return "the Kraken key has not been checked yet";
    }
    if (!keyCheck.refusals().isEmpty()) {
      return "the Kraken key was refused: " + String.join("; ", keyCheck.refusals());
    }
    return state.mode().equals("live") && !state.armed()
        ? "no operator has armed this live account"
        : null;
  }

  private static BigDecimal sum(
      AccountState state, Predicate<Order> which, Function<Order, BigDecimal> what) {
    return state.liveOrders().values().stream()
        .filter(which)
        .map(what)
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  /** What of it is written down: approvals are facts of their own. */
  static RiskInput withoutApprovals(RiskInput input) {
    return input.withAccount(input.account().withApprovals(List.of()));
  }
}
