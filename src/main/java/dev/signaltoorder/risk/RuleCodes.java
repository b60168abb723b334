package dev.signaltoorder.risk;

/**
 * The stable codes of the rules: names in rule sets, in decisions, in reports. {@link RuleCatalog}
 * says what each one does.
 */
public final class RuleCodes {

  public static final String TRADING_STATE = "trading-state";
  public static final String STALE_SIGNAL = "stale-signal";
  public static final String SHORT_ENTRY = "short-entry";
  public static final String ALLOWED_PAIR = "allowed-pair";
  public static final String PAIR_STATUS = "pair-status";
  public static final String ORDER_DEFAULTS = "order-defaults";
  public static final String ALLOWED_SIDE = "allowed-side";
  public static final String ALLOWED_TYPE = "allowed-type";
  public static final String DEFAULT_SIZE = "default-size";
  public static final String REQUIRED_STOP = "required-stop";
  public static final String PAIR_PRECISION = "pair-precision";
  public static final String PAIR_MINIMUM = "pair-minimum";
  public static final String MAX_ORDER_NOTIONAL = "max-order-notional";
  public static final String MAX_ORDER_QUANTITY = "max-order-quantity";
  public static final String STALE_PRICE = "stale-price";
  public static final String PRICE_COLLAR = "price-collar";
  public static final String SPREAD = "spread";
  public static final String DEPTH = "depth";
  public static final String OPEN_ORDERS = "open-orders";
  public static final String POSITION_LIMIT = "position-limit";
  public static final String DAILY_NOTIONAL = "daily-notional";
  public static final String FREE_BALANCE = "free-balance";
  public static final String DUPLICATE_ORDER = "duplicate-order";
  public static final String MESSAGE_THROTTLE = "message-throttle";
  public static final String SEQUENCE = "sequence";
  public static final String CLOCK_SKEW = "clock-skew";
  public static final String SIZE_SCALING = "size-scaling";
  public static final String PRICE_MOVE = "price-move";
  public static final String PYRAMIDING = "pyramiding";
  public static final String REVERSAL = "reversal";
  public static final String SELF_MATCH = "self-match";
  public static final String STRATEGY_THROTTLE = "strategy-throttle";
  public static final String REPEATED_EXECUTION = "repeated-execution";
  public static final String UNKNOWN_ORDERS = "unknown-orders";
  public static final String ERROR_RATE = "error-rate";
  public static final String DAILY_LOSS = "daily-loss";
  public static final String DRAWDOWN = "drawdown";
  public static final String LOSS_STREAK = "loss-streak";

  private RuleCodes() {}
}
