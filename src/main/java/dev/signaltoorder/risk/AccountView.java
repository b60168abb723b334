package dev.signaltoorder.risk;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the rules may know of the account at the moment of the decision: exact, with every approved
 * order counted from its approval on, whatever has become of it, until it is proved that it was not
 * placed. Amounts in the quote asset of the signal's pair, volumes in its base asset.
 *
 * @param tradingState may orders be placed at all
 * @param tradingStateReason why not, in words; null when ACTIVE
 * @param openOrders orders without a final state, over all pairs, unknown ones included
 * @param openNotional their unexecuted notional in this quote asset
 * @param pairPosition base units held in this pair by all strategies
 * @param strategyPosition base units held in this pair by the signal's strategy
 * @param strategyOpenSells unexecuted base volume of this strategy's sell orders in this pair
 * @param pairOpenBuys unexecuted base volume of buy orders in this pair
 * @param dailyNotional sum of approved notionals in this quote asset, this UTC day
 * @param freeBase base asset that is free to sell at Kraken, reservations deducted; null when
 *     unknown
 * @param freeQuote quote asset that is free to spend, reservations deducted; null when unknown
 * @param equity the account's equity in the quote asset; null when unknown
 * @param recentApprovals approvals of the last 24 hours at least, oldest first
 * @param history what has happened on the account so far
 * @param feePercent the most that the account pays for an order in this pair, of its value; null
 *     when Kraken has not told it
 * @param strategyDailyNotional the part of {@code dailyNotional} that is the strategy's; null when
 *     it was not counted
 * @param sourceDailyNotional the part of it that is the source's; null when it was not counted
 */
public record AccountView(
    TradingState tradingState,
    @Nullable String tradingStateReason,
    int openOrders,
    BigDecimal openNotional,
    BigDecimal pairPosition,
    BigDecimal strategyPosition,
    BigDecimal strategyOpenSells,
    BigDecimal pairOpenBuys,
    BigDecimal dailyNotional,
    @Nullable BigDecimal freeBase,
    @Nullable BigDecimal freeQuote,
    @Nullable BigDecimal equity,
    List<RecentApproval> recentApprovals,
    AccountHistory history,
    @Nullable BigDecimal feePercent,
    @Nullable BigDecimal strategyDailyNotional,
    @Nullable BigDecimal sourceDailyNotional) {

  /**
   * What an order is taken to cost until Kraken has told the account's own fee (TradeVolume), per
   * cent of its value: the highest taker fee that a small account was seen to pay. The schedule in
   * AssetPairs begins at half of it, and is not the account's.
   */
  public static final BigDecimal ASSUMED_FEE_PERCENT = new BigDecimal("0.80");

  public AccountView {
    // Decisions stored before there was a history have none.
    history = history == null ? AccountHistory.UNKNOWN : history;
  }

  /**
   * What a CLOSE may still sell: the strategy's position less its open sells, exact, never
   * negative. When this, rounded down to the pair's lot decimals, is zero, a CLOSE sells nothing:
   * it is done if nothing is held, and refused if what is held is out in other sells.
   */
  public BigDecimal closableVolume() {
    return strategyPosition.subtract(strategyOpenSells).max(BigDecimal.ZERO);
  }

  /** The same account with other approvals: a stored view leaves them to the facts they are. */
  public AccountView withApprovals(List<RecentApproval> approvals) {
    return new AccountView(
        tradingState,
        tradingStateReason,
        openOrders,
        openNotional,
        pairPosition,
        strategyPosition,
        strategyOpenSells,
        pairOpenBuys,
        dailyNotional,
        freeBase,
        freeQuote,
        equity,
        approvals,
        history,
        feePercent,
        strategyDailyNotional,
        sourceDailyNotional);
  }

  /** The same account, of which nobody knows what it has. */
  public AccountView withoutBalances() {
    return new AccountView(
        tradingState,
        tradingStateReason,
        openOrders,
        openNotional,
        pairPosition,
        strategyPosition,
        strategyOpenSells,
        pairOpenBuys,
        dailyNotional,
        null,
        null,
        null,
        recentApprovals,
        history,
        feePercent,
        strategyDailyNotional,
        sourceDailyNotional);
  }

  /** Whether orders may be placed. */
  public enum TradingState {
    ACTIVE,
    /** Buys are halted; sells that shrink a position may pass. */
    ENTRIES_HALTED,
    /** Nothing may be placed. */
    HALTED,
    /** Live mode, and no operator has armed the account, or its key check has not passed. */
    NOT_ARMED
  }

  /**
   * An order approved a short while ago.
   *
   * @param volume base units
   * @param asked the size that its signal asked for; null for approvals of older versions, and for
   *     orders that no signal asked for
   */
  public record RecentApproval(
      String strategy,
      String pair,
      Side side,
      BigDecimal volume,
      Instant approvedAt,
      @Nullable AskedSize asked) {

    /** One of which only the volume is known. */
    public RecentApproval(
        String strategy, String pair, Side side, BigDecimal volume, Instant approvedAt) {
      this(strategy, pair, side, volume, approvedAt, null);
    }
  }
}
