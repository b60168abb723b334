package dev.signaltoorder.risk;

import java.math.BigDecimal;
import java.time.Instant;
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
 */
public record Losses(
    String quote,
    Instant now,
    @Nullable BigDecimal dayResult,
    @Nullable BigDecimal drawdown,
    @Nullable BigDecimal equity,
    int pairLosses,
    @Nullable Instant pairLostAt) {

  /** In one quote asset. */
  public static Losses inQuote(
      String quote,
      Instant now,
      BigDecimal dayResult,
      BigDecimal drawdown,
      @Nullable BigDecimal equity) {
    return new Losses(quote, now, dayResult, drawdown, equity, 0, null);
  }

  /** In a row, in one pair. */
  public static Losses inPair(
      String quote, Instant now, int pairLosses, @Nullable Instant pairLostAt) {
    return new Losses(quote, now, null, null, null, pairLosses, pairLostAt);
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
        history.pairLostAt());
  }
}
