package dev.signaltoorder.trading;

import dev.signaltoorder.kraken.Answer;
import dev.signaltoorder.kraken.AssetBalance;
import dev.signaltoorder.kraken.CallRecord;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What is read from Kraken about the account itself: balances, equity, what the keys may do. */
final class Readings {
  private static final Duration BALANCES_AFTER_FILL = Duration.ofSeconds(2);
  private static final Duration RETRY_BALANCES = Duration.ofSeconds(3);
  private static final Duration LONGEST_RETRY = Duration.ofSeconds(60);
  private static final Duration KEYS_EVERY = Duration.ofHours(1);

  /** Not sooner: repeated bad calls lead to a lockout of the account. */
  private static final Duration RETRY_KEYS = Duration.ofSeconds(15);

  private final AccountState state;
  private final CorePolicy policy;
  private final Set<String> wantedQuoteAssets = new TreeSet<>();
  private final ExchangeHealth health;
  private Instant nextBalancesAt = Instant.EPOCH;
  private int balancesFailing;
  private int keysFailing;
  private final Question balances = new Question();
  private Instant balancesAskedAt = Instant.EPOCH;
  private long balancesAsOf = -1;
  private Instant nextKeysAt = Instant.EPOCH;
  private final Question keys = new Question();

  Readings(AccountState state, CorePolicy policy, ExchangeHealth health) {
    this.health = health;
    this.state = state;
    this.policy = policy;
  }

  void tick(Step step, Instant now) {
    if (!keys.isOut(now) && !now.isBefore(nextKeysAt)) {
      keys.asked(now);
      step.effect(new Effect.CheckKeys());
    }
    // Half open: balances are the probe that shows whether Kraken is back.
    boolean probe = health.breaker(now) == ExchangeHealth.Breaker.HALF_OPEN;
    Instant soon = balancesAskedAt.plus(RETRY_BALANCES);
    boolean due = !now.isBefore(nextBalancesAt) || (probe && !now.isBefore(soon));
    if (!balances.isOut(now) && due) {
      balancesAskedAt = now;
      balances.asked(now);
      Set<String> quoteAssets = new TreeSet<>(state.quoteAssets());
      quoteAssets.addAll(wantedQuoteAssets);
      step.effect(new Effect.ReadBalances(state.factCount(), quoteAssets));
    }
  }

  /** The equity in a quote asset is needed that was not read so far. */
  void wantEquity(String quoteAsset, Instant now) {
    if (wantedQuoteAssets.add(quoteAsset)) {
      nextBalancesAt = now;
    }
  }

  /** An order was executed: the balances are other ones. */
  void somethingFilled(Instant now) {
    Instant soon = now.plus(BALANCES_AFTER_FILL);
    nextBalancesAt = soon.isBefore(nextBalancesAt) ? soon : nextBalancesAt;
  }

  void balancesAnswered(Message.BalancesAnswered message, Step step, Instant now) {
    balances.answered();
    step.record(CallFacts.called(message.balances().call(), "balances", null, null));
    Map<String, BigDecimal> equity = new TreeMap<>();
    message
        .equity()
        .forEach(
            (asset, answer) -> {
              step.record(CallFacts.called(answer.call(), "equity", null, null));
              if (answer instanceof Answer.Success<BigDecimal> success) {
                equity.put(asset, success.value());
              }
            });
    if (message.asOf() < balancesAsOf) {
      // Overtaken by a later answer: its figures are older than what is known.
      return;
    }
    if (message.balances() instanceof Answer.Success<Map<String, AssetBalance>> success) {
      balancesAsOf = message.asOf();
      step.record(new Fact.BalancesRead(message.asOf(), success.value(), equity));
      nextBalancesAt = now.plus(policy.balancesEvery());
      balancesFailing = 0;
    } else {
      nextBalancesAt = now.plus(growing(RETRY_BALANCES, balancesFailing++));
    }
  }

  private static Duration growing(Duration first, int failedBefore) {
    Duration pause = first.multipliedBy(1L << Math.min(failedBefore, 6));
    return pause.compareTo(LONGEST_RETRY) < 0 ? pause : LONGEST_RETRY;
  }

  /**
   * The keys were asked about. When Kraken does not answer, what it said before in this term stays
   * in force and it is asked again; as long as it never answered, nothing is traded.
   */
  void keysChecked(Message.KeyCheckFinished message, Step step, Instant now) {
    keys.answered();
    keysFailing = message.answered() ? 0 : keysFailing + 1;
    nextKeysAt = now.plus(message.answered() ? KEYS_EVERY : growing(RETRY_KEYS, keysFailing - 1));
    for (CallRecord call : message.calls()) {
      step.record(CallFacts.called(call, "key-check", null, null));
    }
    if (!message.answered()) {
      return;
    }
    step.record(
        new Fact.KeyChecked(
            message.keyFingerprints(),
            message.refusals(),
            message.warnings(),
            message.historyLimited()));
    if (!message.refusals().isEmpty()) {
      step.effect(
          new Effect.Alarm("the Kraken key is refused: " + String.join("; ", message.refusals())));
    }
  }

  /** The old keys stay in use: trading goes on, and a person has to look at the files. */
  void keysNotRotated(Message.KeysNotRotated message, Step step) {
    for (CallRecord call : message.calls()) {
      step.record(CallFacts.called(call, "key-check", null, null));
    }
    step.record(new Fact.KeysNotRotated(message.inUse(), message.reason()));
    step.effect(new Effect.Alarm("new Kraken keys are not used: " + message.reason()));
  }
}
