package dev.signaltoorder.risk;

/** Over what each rule counts or decides: the whole account, a strategy, a pair, one signal. */
final class RuleScopes {
  private static final String SIGNAL = "the signal";
  private static final String ACCOUNT = "the account";
  private static final String PAIR = "the pair";
  private static final String STRATEGY = "the strategy, all pairs";
  private static final String STRATEGY_AND_PAIR = "the strategy in the pair";
  private static final String QUOTE = "the account, per quote asset";

  private RuleScopes() {}

  /**
   * In plain words.
   *
   * @throws IllegalArgumentException for a code that is no rule's
   */
  static String of(String code) {
    return switch (code) {
      case RuleCodes.STALE_SIGNAL,
          RuleCodes.SHORT_ENTRY,
          RuleCodes.ORDER_DEFAULTS,
          RuleCodes.ALLOWED_SIDE,
          RuleCodes.ALLOWED_TYPE,
          RuleCodes.DEFAULT_SIZE,
          RuleCodes.REQUIRED_STOP,
          RuleCodes.SIZE_SCALING ->
          SIGNAL;
      case RuleCodes.ALLOWED_PAIR,
          RuleCodes.PAIR_STATUS,
          RuleCodes.PAIR_PRECISION,
          RuleCodes.PAIR_MINIMUM,
          RuleCodes.MAX_ORDER_QUANTITY,
          RuleCodes.STALE_PRICE,
          RuleCodes.PRICE_COLLAR,
          RuleCodes.SPREAD,
          RuleCodes.DEPTH,
          RuleCodes.PRICE_MOVE ->
          PAIR;
      case RuleCodes.POSITION_LIMIT, RuleCodes.SELF_MATCH, RuleCodes.LOSS_STREAK ->
          "the account in the pair";
      case RuleCodes.OPEN_ORDERS,
          RuleCodes.FREE_BALANCE,
          RuleCodes.DAILY_LOSS,
          RuleCodes.DRAWDOWN ->
          QUOTE;
      case RuleCodes.MAX_ORDER_NOTIONAL -> "the pair, the strategy, the source";
      case RuleCodes.DAILY_NOTIONAL -> "the account, the strategy, the source, per quote asset";
      case RuleCodes.TRADING_STATE,
          RuleCodes.MESSAGE_THROTTLE,
          RuleCodes.CLOCK_SKEW,
          RuleCodes.REPEATED_EXECUTION,
          RuleCodes.UNKNOWN_ORDERS,
          RuleCodes.ERROR_RATE ->
          ACCOUNT;
      case RuleCodes.DUPLICATE_ORDER, RuleCodes.PYRAMIDING, RuleCodes.REVERSAL -> STRATEGY_AND_PAIR;
      case RuleCodes.STRATEGY_THROTTLE -> STRATEGY;
      case RuleCodes.SEQUENCE -> "the source and strategy";
      default -> throw new IllegalArgumentException("no rule: " + code);
    };
  }
}
