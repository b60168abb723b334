package dev.signaltoorder.risk;

import dev.signaltoorder.market.MarketSnapshot;
import dev.signaltoorder.market.PairRules;
import dev.signaltoorder.signal.Action;
import dev.signaltoorder.signal.Signal;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A {@link RiskInput} whose pair, snapshot and account are handed out only if they are there and
 * make sense; otherwise the accessor throws {@link UnknownValueException}, which denies.
 */
final class CheckedInput {

  private final RiskInput input;
  private final @Nullable PairRules pair;
  private final String pairProblem;
  private final @Nullable MarketSnapshot snapshot;
  private final String snapshotProblem;
  private final @Nullable String accountProblem;
  private final String symbol;
  private final String base;
  private final String quote;
  private final @Nullable AskedSize asked;

  CheckedInput(RiskInput input) {
    this.input = input;
    this.asked = null;
    PairRules givenPair = input.pair();
    String problem =
        givenPair == null
            ? orElse(input.pairProblem(), "the pair is not resolved")
            : Plausibility.problemOf(givenPair);
    this.pair = problem == null ? givenPair : null;
    this.pairProblem = problem == null ? "" : "Pair not usable: " + problem + ".";

    MarketSnapshot givenSnapshot = input.snapshot();
    problem =
        givenSnapshot == null
            ? orElse(input.snapshotProblem(), "there is no market snapshot")
            : Plausibility.problemOf(givenSnapshot, this.pair);
    this.snapshot = problem == null ? givenSnapshot : null;
    this.snapshotProblem = problem == null ? "" : "No usable market price: " + problem + ".";

    this.accountProblem = Plausibility.problemOf(input.account());

    this.symbol = givenPair == null ? input.signal().pair() : givenPair.symbol();
    int slash = symbol.indexOf('/');
    this.base = slash < 0 ? "base units" : symbol.substring(0, slash);
    this.quote = slash < 0 ? "quote units" : symbol.substring(slash + 1);
  }

  /** The same, and what was asked for before any limit made the order smaller. */
  private CheckedInput(CheckedInput checked, AskedSize asked) {
    this.input = checked.input;
    this.pair = checked.pair;
    this.pairProblem = checked.pairProblem;
    this.snapshot = checked.snapshot;
    this.snapshotProblem = checked.snapshotProblem;
    this.accountProblem = checked.accountProblem;
    this.symbol = checked.symbol;
    this.base = checked.base;
    this.quote = checked.quote;
    this.asked = asked;
  }

  /** The same input for the rules that look at an order that limits may have made smaller. */
  CheckedInput sizedAs(@Nullable Sizing sizing) {
    AskedSize size = AskedSize.of(sizing);
    return size == null ? this : new CheckedInput(this, size);
  }

  private static String orElse(@Nullable String problem, String fallback) {
    return problem == null ? fallback : Wording.shortened(problem);
  }

  Signal signal() {
    return input.signal();
  }

  Action action() {
    return input.signal().action();
  }

  Instant now() {
    return input.now();
  }

  /** The resolved pair. */
  PairRules pair() {
    if (pair == null) {
      throw new UnknownValueException(pairProblem);
    }
    return pair;
  }

  boolean hasSnapshot() {
    return snapshot != null;
  }

  /** The market; its age is not looked at here. */
  MarketSnapshot snapshot() {
    if (snapshot == null) {
      throw new UnknownValueException(snapshotProblem);
    }
    return snapshot;
  }

  /** The account with usable numbers. */
  AccountView account() {
    if (accountProblem != null) {
      throw new UnknownValueException("Account not usable: " + accountProblem + ".");
    }
    return input.account();
  }

  /** What has happened on the account so far, with usable numbers. */
  AccountHistory history() {
    return account().history();
  }

  /**
   * Whether this order is covered by what the strategy holds, and so can only make it smaller. What
   * was asked for counts, not what a limit left of it: otherwise a stricter limit could turn a sell
   * of more than is held into an exit, and let through what was refused before.
   */
  boolean onlyShrinks(OrderPlan plan) {
    return plan.side() == Side.SELL && askedVolume(plan).compareTo(account().closableVolume()) <= 0;
  }

  /** The volume before any limit made it smaller, base units. */
  BigDecimal askedVolume(OrderPlan plan) {
    return asked == null ? plan.volume() : asked.volume().max(plan.volume());
  }

  /** What the order's size was made of. */
  AskedSize asked(OrderPlan plan) {
    return asked == null ? new AskedSize("BASE", null, plan.volume()) : asked;
  }

  /** The account as given: only for what is not a number. */
  AccountView uncheckedAccount() {
    return input.account();
  }

  /** "BTC/USD"; the pair as sent when it is not resolved. */
  String symbol() {
    return symbol;
  }

  /** The symbol in upper case, as rule sets name pairs. */
  String pairKey() {
    return symbol.toUpperCase(Locale.ROOT);
  }

  /** The quote asset in upper case, as rule sets name it. */
  String quoteKey() {
    return quote.toUpperCase(Locale.ROOT);
  }

  /** "BTC". */
  String base() {
    return base;
  }

  /** "USD". */
  String quote() {
    return quote;
  }
}
