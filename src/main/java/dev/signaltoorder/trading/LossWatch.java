package dev.signaltoorder.trading;

import dev.signaltoorder.market.MarketSnapshot;
import dev.signaltoorder.risk.HaltRequest;
import dev.signaltoorder.risk.Losses;
import dev.signaltoorder.risk.RiskEngine;
import dev.signaltoorder.risk.RuleCodes;
import dev.signaltoorder.risk.RuleSet;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Asks the rules about losses without a signal: every few seconds, with each price that was asked
 * for, and after everything that was executed. So prices of what is held are at hand for signals as
 * well. A position without a young price is left out, never guessed: what halts is at least as
 * large as it is said to be.
 */
final class LossWatch {
  static final Duration LOOK_EVERY = Duration.ofSeconds(5);

  private final AccountState state;
  private final RiskEngine engine;
  private final YoungPrices prices;
  private final Set<String> asked = new HashSet<>();
  private Instant nextLookAt = Instant.MIN;

  LossWatch(AccountState state, RiskEngine engine, YoungPrices prices) {
    this.state = state;
    this.engine = engine;
    this.prices = prices;
  }

  /**
   * After every message.
   *
   * @param now steady
   */
  void work(Message message, Step step, Instant now, Instant clock) {
    MarketSnapshot snapshot = MarketWatch.snapshot(message);
    boolean answered =
        snapshot != null && RiskEngine.isUsable(snapshot) && asked.remove(snapshot.pair());
    boolean due = message instanceof Message.Tick && !now.isBefore(nextLookAt);
    if (due) {
      nextLookAt = now.plus(LOOK_EVERY);
      look(step);
      prices.forgetOld(clock);
    }
    if (due || answered || step.facts().stream().anyMatch(LossWatch::matters)) {
      crossed(clock).forEach((limit, request) -> tell(limit, request, step, clock));
    }
  }

  /** A halt by a rule knows of the loss as well: it is not to be told a second time. */
  private static boolean matters(Recorded recorded) {
    return switch (recorded.fact()) {
      case Fact.OrderProgressed progressed -> true;
      case Fact.OrderEnded ended -> true;
      case Fact.TradingHalted halted -> true;
      default -> false;
    };
  }

  private void look(Step step) {
    RuleSet rules = state.ruleBook().active();
    Results results = state.track().results();
    Set<String> held = new HashSet<>();
    if (rules != null && engine.limitsLosses(rules)) {
      for (String quoteAsset : results.quotes().keySet()) {
        for (String pair : results.heldPairs(quoteAsset)) {
          held.add(pair);
          asked.add(pair);
          step.effect(new Effect.WantPrice(pair, LOOK_EVERY));
        }
      }
    }
    asked.retainAll(held);
  }

  /** What is crossed and was not told, in the order of assets, pairs and rules. */
  private Map<CrossedLimits.Limit, HaltRequest> crossed(Instant clock) {
    RuleSet rules = state.ruleBook().active();
    Map<CrossedLimits.Limit, HaltRequest> crossed = new LinkedHashMap<>();
    if (rules == null) {
      return crossed;
    }
    Results results = state.track().results();
    results
        .quotes()
        .forEach(
            (quoteAsset, quote) ->
                ask(inQuote(quoteAsset, quote, clock), quote, rules, clock, crossed));
    for (String pair : results.losingPairs()) {
      String quote = pair.substring(pair.indexOf('/') + 1);
      ask(
          Losses.inPair(quote, clock, results.losses(pair), results.lostAt(pair)),
          pair,
          rules,
          clock,
          crossed);
    }
    return crossed;
  }

  private Losses inQuote(String quoteAsset, String quote, Instant clock) {
    Results results = state.track().results();
    return Losses.inQuote(
        quote,
        clock,
        results.certainOfDay(quoteAsset, clock, pair -> prices.mid(pair, clock)),
        results.certainDrawdown(quoteAsset, pair -> prices.mid(pair, clock)),
        state.holdings().equity(quoteAsset));
  }

  private void ask(
      Losses losses,
      String of,
      RuleSet rules,
      Instant clock,
      Map<CrossedLimits.Limit, HaltRequest> crossed) {
    for (HaltRequest request : engine.haltsFor(losses, rules)) {
      CrossedLimits.Limit limit = new CrossedLimits.Limit(request.rule(), of);
      if (!state.track().crossedLimits().isKnown(limit, clock, losses.pairLostAt())) {
        crossed.put(limit, request);
      }
    }
  }

  private void tell(CrossedLimits.Limit limit, HaltRequest request, Step step, Instant clock) {
    mark(step, clock);
    known(limit, request.reason(), step, clock);
    Fact.TradingHalted before = state.halt();
    Halts.askedFor(request, state, step);
    if (before != null
        && before.equals(state.halt())
        && !before.actor().equals(Halts.actor(request.rule()))) {
      step.effect(new Effect.Alarm(request.rule() + ": " + request.reason()));
    }
  }

  private static void known(CrossedLimits.Limit limit, String text, Step step, Instant clock) {
    step.record(new ConductFact.LossLimitCrossed(limit.rule(), limit.of(), clock, text));
  }

  /**
   * A person resumes, and has seen what is lost by now: it does not halt again by itself. What the
   * rules say of the next entry is another matter.
   */
  void resume(Runnable resuming, Step step, Instant clock) {
    if (state.halt() == null) {
      resuming.run();
      return;
    }
    mark(step, clock);
    CrossedLimits limits = state.track().crossedLimits();
    List<CrossedLimits.Limit> unclear =
        limits.all().stream()
            .filter(limit -> limit.rule().equals(RuleCodes.DAILY_LOSS))
            .filter(limit -> limits.isKnown(limit, clock, null) && !isPriced(limit.of(), clock))
            .toList();
    resuming.run();
    Map<CrossedLimits.Limit, HaltRequest> still = crossed(clock);
    still.forEach((limit, request) -> known(limit, request.reason(), step, clock));
    for (CrossedLimits.Limit limit : unclear) {
      if (!still.containsKey(limit)) {
        known(limit, "It was crossed before, and not every price is known now.", step, clock);
      }
    }
  }

  private boolean isPriced(String quote, Instant clock) {
    Results results = state.track().results();
    return results.quotes().entrySet().stream()
        .filter(entry -> entry.getValue().equals(quote))
        .flatMap(entry -> results.heldPairs(entry.getKey()).stream())
        .allMatch(pair -> prices.of(pair, clock) != null);
  }

  /** Writes down what the positions are valued at, as far as no decision has. */
  private void mark(Step step, Instant clock) {
    Results results = state.track().results();
    List<ConductFact.Mark> marks = new ArrayList<>();
    for (String quoteAsset : results.quotes().keySet()) {
      for (String pair : results.heldPairs(quoteAsset)) {
        MarketSnapshot young = prices.of(pair, clock);
        BigDecimal last = state.track().prices().last(pair);
        if (young != null && (last == null || last.compareTo(young.mid()) != 0)) {
          marks.add(new ConductFact.Mark(pair, young.mid(), young.takenAt(), young.snapshotId()));
        }
      }
    }
    if (!marks.isEmpty()) {
      step.record(new ConductFact.PositionsMarked(marks));
    }
  }
}
