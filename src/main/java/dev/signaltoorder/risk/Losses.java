package dev.signaltoorder.risk;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an account has lost, as the rules about losses look at it: with a signal or without one.
 * What is unknown, or not asked about, is null.
 *
 * @param quote the asset of the amounts, as pairs name it: "USD"
 * @param now the moment of the question, UTC
 * @param dayResult as in {@link AccountHistory}
 * @param drawdown as in {@link AccountHistory}
 * @param equity the account's equity, quote units
 * @param pairLosses as in {@link AccountHistory}
 * @param pairLostAt as in {@link AccountHistory}
 * @param unpriced as in {@link AccountHistory}
 */
public record Losses(
    String quote,
    Instant now,
    @Nullable BigDecimal dayResult,
    @Nullable BigDecimal drawdown,
    @Nullable BigDecimal equity,
    int pairLosses,
    @Nullable Instant pairLostAt,
    List<String> unpriced) {

  private static final int PAIRS_NAMED = 5;

  /** In one quote asset. */
  public static Losses inQuote(
      String quote,
      Instant now,
      BigDecimal dayResult,
      BigDecimal drawdown,
      @Nullable BigDecimal equity) {
    return new Losses(quote, now, dayResult, drawdown, equity, 0, null, List.of());
  }

  /** In a row, in one pair. */
  public static Losses inPair(
      String quote, Instant now, int pairLosses, @Nullable Instant pairLostAt) {
    return new Losses(quote, now, null, null, null, pairLosses, pairLostAt, List.of());
  }

  /**
   * As the signal's rules see them.
   *
   * @throws UnknownValueException when the account has no usable numbers
   */
  static Losses of(CheckedInput input) {
    AccountView account = input.account();
    AccountHistory history = account.history();
    return new Losses(
        input.quote(),
        input.now(),
        history.dayResult(),
        history.drawdown(),
        account.equity(),
        history.pairLosses(),
        history.pairLostAt(),
        history.unpriced());
  }

  /**
   * That something has no price and counts as worth nothing does not matter where even then the
   * limit holds; where it does not, nobody knows whether it does.
   *
   * @throws UnknownValueException when a price is missing
   */
  void requirePrices(String what) {
    if (!unpriced.isEmpty()) {
      throw new UnknownValueException(
          what
              + " is not known: there is no price from the last seconds of "
              + String.join(", ", unpriced.subList(0, Math.min(unpriced.size(), PAIRS_NAMED)))
              + (unpriced.size() > PAIRS_NAMED ? ", ..." : "")
              + ", and the limit would not hold were that worth nothing.");
    }
  }
}
