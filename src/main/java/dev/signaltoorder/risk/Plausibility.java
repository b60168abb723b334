package dev.signaltoorder.risk;

import dev.signaltoorder.market.MarketSnapshot;
import dev.signaltoorder.market.PairRules;
import dev.signaltoorder.risk.AccountHistory.OpenOrder;
import dev.signaltoorder.risk.AccountHistory.PricePoint;
import dev.signaltoorder.signal.EntryZone;
import dev.signaltoorder.signal.Signal;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * Looks at every number of an input before anything is computed with it. A number outside any real
 * market's range is not judged, it is refused: {@code 1E+999999999} is a legal decimal that would
 * eat all memory when it is written out or divided.
 *
 * <p>Each method answers what is wrong, as the end of a sentence, or null.
 */
final class Plausibility {

  /** Digits before the point, digits after the point. */
  static final int DIGITS_MAX = 30;

  private static final int DECIMALS_MAX = 18;

  private Plausibility() {}

  static boolean plausible(BigDecimal value) {
    return value.scale() <= DIGITS_MAX
        && value.scale() >= -DIGITS_MAX
        && value.precision() - value.scale() <= DIGITS_MAX;
  }

  /** For the prices of a signal; its size is looked at with {@link #problemOfSize}. */
  static @Nullable String problemOfPrices(Signal signal) {
    EntryZone zone = signal.entryZone();
    if (!positiveOrAbsent(signal.limitPrice())) {
      return "the signal's limit price is not a usable price";
    }
    if (!positiveOrAbsent(signal.stopLoss())) {
      return "the signal's stop-loss is not a usable price";
    }
    if (zone != null && (!positive(zone.low()) || !positive(zone.high()))) {
      return "the signal's entry zone has no usable prices";
    }
    if (zone != null && zone.low().compareTo(zone.high()) > 0) {
      return "the signal's entry zone ends below its start";
    }
    return null;
  }

  static @Nullable String problemOfSize(Signal signal) {
    return signal.size() == null || positive(signal.size().value())
        ? null
        : "the signal's size is not a usable number";
  }

  static @Nullable String problemOf(PairRules pair) {
    if (outside(pair.priceDecimals())
        || outside(pair.lotDecimals())
        || outside(pair.costDecimals())) {
      return "the pair's decimals are outside 0 to " + DECIMALS_MAX;
    }
    if (!positive(pair.tickSize())) {
      return "the pair's tick size is not usable";
    }
    if (!zeroOrMore(pair.orderMin()) || !zeroOrMore(pair.costMin())) {
      return "the pair's minimums are not usable";
    }
    return null;
  }

  static @Nullable String problemOf(MarketSnapshot snapshot, @Nullable PairRules pair) {
    if (pair != null && !snapshot.pair().equals(pair.symbol())) {
      return "the snapshot is of another pair";
    }
    if (!positive(snapshot.bid()) || !positive(snapshot.ask()) || !positive(snapshot.mid())) {
      return "the snapshot's prices are not usable";
    }
    if (snapshot.bid().compareTo(snapshot.mid()) > 0
        || snapshot.mid().compareTo(snapshot.ask()) > 0) {
      return "the snapshot's bid, mid and ask are not in order";
    }
    if (!zeroOrMore(snapshot.bidDepth()) || !zeroOrMore(snapshot.askDepth())) {
      return "the snapshot's depth is not usable";
    }
    return null;
  }

  static @Nullable String problemOf(AccountView account) {
    if (account.openOrders() < 0
        || !zeroOrMore(account.openNotional())
        || !zeroOrMore(account.dailyNotional())
        || !zeroOrMore(account.strategyOpenSells())
        || !zeroOrMore(account.pairOpenBuys())
        || !zeroOrMoreOrAbsent(account.strategyDailyNotional())
        || !zeroOrMoreOrAbsent(account.sourceDailyNotional())) {
      return "the account's sums are not usable";
    }
    if (!zeroOrMoreOrAbsent(account.feePercent())) {
      return "the account's fee is not usable";
    }
    if (!plausible(account.pairPosition()) || !plausible(account.strategyPosition())) {
      return "the account's position is not usable";
    }
    if (!plausibleOrAbsent(account.freeBase())
        || !plausibleOrAbsent(account.freeQuote())
        || !plausibleOrAbsent(account.equity())) {
      return "the account's balance is not usable";
    }
    return problemOf(account.history());
  }

  private static @Nullable String problemOf(AccountHistory history) {
    if (history.unknownOrders() < 0
        || history.strategyEntries() < 0
        || history.recentFailures() < 0
        || history.pairLosses() < 0) {
      return "the account's counts are not usable";
    }
    if (!plausibleOrAbsent(history.dayResult())
        || !plausibleOrAbsent(history.drawdown())
        || !plausibleOrAbsent(history.clockSkewSeconds())) {
      return "the account's results are not usable";
    }
    for (PricePoint point : history.prices()) {
      if (!positive(point.mid())) {
        return "the earlier prices are not usable";
      }
    }
    for (OpenOrder open : history.openInPair()) {
      if (!positiveOrAbsent(open.limitPrice())) {
        return "the open orders are not usable";
      }
    }
    return null;
  }

  private static boolean positive(BigDecimal value) {
    return value.signum() > 0 && plausible(value);
  }

  private static boolean zeroOrMoreOrAbsent(@Nullable BigDecimal value) {
    return value == null || zeroOrMore(value);
  }

  private static boolean zeroOrMore(BigDecimal value) {
    return value.signum() >= 0 && plausible(value);
  }

  private static boolean positiveOrAbsent(@Nullable BigDecimal value) {
    return value == null || positive(value);
  }

  private static boolean plausibleOrAbsent(@Nullable BigDecimal value) {
    return value == null || plausible(value);
  }

  private static boolean outside(int decimals) {
    return decimals < 0 || decimals > DECIMALS_MAX;
  }
}
