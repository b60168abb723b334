package dev.signaltoorder.trading;

import dev.signaltoorder.kraken.Answer;
import dev.signaltoorder.kraken.AssetBalance;
import dev.signaltoorder.kraken.CallRecord;
import dev.signaltoorder.kraken.FeeRates;
import dev.signaltoorder.risk.AccountView;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
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

  private static final Duration FEES_EVERY = Duration.ofHours(24);

  /** What a key may not ask today it may not ask in a minute: a person has to change it. */
  private static final Duration LONGEST_FEES_RETRY = Duration.ofHours(1);

  /** The 30 days' volume, and with it the tier, moves slowly. */
  private static final Duration FEES_AFTER_FILL = Duration.ofMinutes(15);

  /** Not sooner: repeated bad calls lead to a lockout of the account. */
  private static final Duration RETRY_KEYS = Duration.ofSeconds(15);

  private final AccountState state;
  private final CorePolicy policy;
  private final BalancesAge age;
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
  private final Question fees = new Question();
  private Instant nextFeesAt = Instant.EPOCH;
  private Instant feesAskedAt = Instant.EPOCH;
  private int feesAskedFor;
  private int feesFailing;
  private boolean feesRefusalTold;

  Readings(AccountState state, CorePolicy policy, ExchangeHealth health) {
    this.health = health;
    this.state = state;
    this.policy = policy;
    this.age = new BalancesAge(policy.balances());
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
      askBalances(step, now);
    }
    askFees(step, now);
  }

  private void askBalances(Step step, Instant now) {
    balancesAskedAt = now;
    balances.asked(now);
    Set<String> quoteAssets = new TreeSet<>(state.quoteAssets());
    quoteAssets.addAll(wantedQuoteAssets);
    step.effect(new Effect.ReadBalances(state.factCount(), quoteAssets));
  }

  /** How old the balances are that are known. */
  BalancesAge age() {
    return age;
  }

  /**
   * Entries wait for newer balances: asked for at once, unless they are asked for already, or
   * Kraken did not answer last time. {@code now}: steady time.
   */
  void wantBalances(Step step, Instant now) {
    if (!balances.isOut(now) && balancesFailing == 0 && !health.isLockedOut(now)) {
      askBalances(step, now);
    }
  }

  /** At the start, daily, some time after fills, and when a pair is new. */
  private void askFees(Step step, Instant now) {
    List<String> pairs = state.fees().altnames();
    boolean due = !now.isBefore(nextFeesAt) || pairs.size() > feesAskedFor;
    if (!pairs.isEmpty() && due && !fees.isOut(now)) {
      fees.asked(now);
      feesAskedAt = now;
      feesAskedFor = pairs.size();
      step.effect(new Effect.ReadFees(pairs));
    }
  }

  void feesAnswered(Message.FeesAnswered message, Step step, Instant now) {
    fees.answered();
    step.record(CallFacts.called(message.answer().call(), "fees", null, null));
    if (message.answer() instanceof Answer.Success<FeeRates> success) {
      FeeRates rates = success.value();
      step.record(
          new Fact.FeesRead(
              rates.currency(), rates.volume(), rates.takerPercent(), rates.makerPercent()));
      nextFeesAt = now.plus(FEES_EVERY);
      feesFailing = 0;
      feesRefusalTold = false;
    } else if (message.answer() instanceof Answer.Failure<FeeRates> failure) {
      nextFeesAt = now.plus(growing(RETRY_BALANCES, feesFailing++, LONGEST_FEES_RETRY));
      if (isPermissionMissing(failure) && !feesRefusalTold) {
        feesRefusalTold = true;
        step.effect(
            new Effect.Notice(
                "Kraken does not tell what this account pays ("
                    + failure.error()
                    + "): the Kraken key lacks the permission to query funds, which TradeVolume"
                    + " needs. Until Kraken tells, "
                    + AccountView.ASSUMED_FEE_PERCENT
                    + " % is assumed."));
      }
    }
  }

  private static boolean isPermissionMissing(Answer.Failure<?> failure) {
    return failure.fromKraken() && failure.error().contains("Permission denied");
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
    if (feesFailing > 0) {
      // Its pause goes on: a fill gives no permission.
      return;
    }
    Instant later = feesAskedAt.plus(FEES_AFTER_FILL);
    nextFeesAt = later.isBefore(nextFeesAt) ? later : nextFeesAt;
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
      age.read(success.call().startedAt(), balancesAskedAt);
      step.record(new Fact.BalancesRead(message.asOf(), success.value(), equity));
      nextBalancesAt = now.plus(policy.balancesEvery());
      balancesFailing = 0;
    } else {
      nextBalancesAt = now.plus(growing(RETRY_BALANCES, balancesFailing++));
    }
  }

  private static Duration growing(Duration first, int failedBefore) {
    return growing(first, failedBefore, LONGEST_RETRY);
  }

  private static Duration growing(Duration first, int failedBefore, Duration longest) {
    Duration pause = first.multipliedBy(1L << Math.min(failedBefore, 11));
    return pause.compareTo(longest) < 0 ? pause : longest;
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
    Fact.KeyChecked before = state.keyCheck();
    if (before != null && !before.keyFingerprints().equals(message.keyFingerprints())) {
      // Other keys may be allowed what these were not.
      feesFailing = 0;
      nextFeesAt = now;
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
