package dev.signaltoorder.paper;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads AddOrder's parameters and refuses what Kraken would refuse, and also what is real at Kraken
 * but not simulated here: to ignore such a field would place another order than the one meant.
 */
final class AddOrderCheck {

  static final Duration DEADLINE_MIN = Duration.ofSeconds(2);
  static final Duration DEADLINE_MAX = Duration.ofMinutes(1);
  private static final BigDecimal ICEBERG_PARTS = BigDecimal.valueOf(15);

  private final Pairs pairs;
  private final MarketBoard board;

  AddOrderCheck(Pairs pairs, MarketBoard board) {
    this.pairs = pairs;
    this.board = board;
  }

  /** An order that may go to the book, if the funds suffice. */
  record Checked(OrderTerms terms, Pair pair, boolean validateOnly) {}

  /**
   * Checks everything but the funds.
   *
   * @param deadlineMin how far ahead a deadline must lie at least
   * @param receivedAt when the request came; its deadline must lie that far to 60 seconds later
   * @param now when it reaches the book; its deadline must not have passed
   */
  Checked check(Parameters parameters, Duration deadlineMin, Instant receivedAt, Instant now)
      throws Refusal {
    refuseNotSimulated(parameters);
    String pairName = OrderFields.required(parameters, "pair");
    Pair pair = pairs.require(pairName);
    OrderSide side = OrderFields.side(parameters);
    OrderType type = OrderType.named(OrderFields.required(parameters, "ordertype"));
    if (type == null) {
      throw Refusal.invalidArgument("ordertype");
    }
    Set<String> flags = OrderFields.flags(parameters);
    boolean postOnly = flags.contains("post");
    boolean cash = flags.contains("viqc");
    if ((postOnly && type != OrderType.LIMIT && type != OrderType.ICEBERG)
        || (cash && (type != OrderType.MARKET || side == OrderSide.SELL))) {
      throw Refusal.invalidArgument("oflags");
    }
    BigDecimal volume =
        OrderFields.volume(parameters, "volume", cash ? pair.costScale() : pair.lotDecimals());
    Prices prices = prices(parameters, pair, side, type);
    CloseTerms close = OrderFields.close(parameters);
    OrderTerms terms =
        new OrderTerms(
            pair.key(),
            side,
            type,
            prices.limit(),
            cash ? baseVolume(pair, volume) : volume,
            displayVolume(parameters, pair, type, volume),
            prices.trigger(),
            OrderFields.timing(parameters, type, postOnly, now),
            new OrderTerms.Flags(postOnly, cash ? volume : null, selfTrade(parameters)),
            close,
            clientOrderId(parameters, close),
            parameters.integer("userref"),
            null);
    checkDeadline(parameters.get("deadline"), deadlineMin, receivedAt, now);
    checkStatus(pair, terms);
    checkMinimums(pair, terms);
    return new Checked(terms, pair, parameters.flag("validate"));
  }

  private static void refuseNotSimulated(Parameters parameters) throws Refusal {
    String leverage = parameters.get("leverage");
    if (leverage != null && !leverage.equals("none") && !leverage.equals("0")) {
      throw Refusal.invalidArgument("leverage");
    }
    if (parameters.flag("reduce_only")) {
      throw Refusal.invalidArgument("reduce_only");
    }
    if (parameters.has("asset_class")) {
      throw Refusal.invalidArgument("asset_class");
    }
  }

  private record Prices(@Nullable BigDecimal limit, @Nullable OrderTrigger trigger) {}

  private Prices prices(Parameters parameters, Pair pair, OrderSide side, OrderType type)
      throws Refusal {
    boolean byIndex = byIndex(parameters, type);
    if (type == OrderType.MARKET) {
      return new Prices(null, null);
    }
    Quote quote = board.quote(pair);
    RelativePrice price = OrderFields.price(parameters, "price");
    BigDecimal last = byIndex ? quote.mid() : quote.last();
    if (type.isTrailing()) {
      return new Prices(null, trailing(parameters, pair, side, type, price, last, byIndex));
    }
    boolean upwards = (side == OrderSide.BUY) == type.isStop();
    if (!type.isTriggered()) {
      return new Prices(OrderFields.onTick(pair, price, last, side == OrderSide.SELL), null);
    }
    BigDecimal at = OrderFields.onTick(pair, price, last, upwards);
    BigDecimal limit =
        type.hasLimit()
            ? OrderFields.onTick(pair, OrderFields.price(parameters, "price2"), last, upwards)
            : null;
    return new Prices(limit, OrderTrigger.at(byIndex, at));
  }

  private static boolean byIndex(Parameters parameters, OrderType type) throws Refusal {
    String trigger = parameters.get("trigger");
    boolean known = trigger == null || trigger.equals("last") || trigger.equals("index");
    boolean used = type.isTriggered() || parameters.hasPrefix("close[");
    if (!known || (trigger != null && !used)) {
      throw Refusal.invalidArgument("trigger");
    }
    return "index".equals(trigger) && type.isTriggered();
  }

  private static OrderTrigger trailing(
      Parameters parameters,
      Pair pair,
      OrderSide side,
      OrderType type,
      RelativePrice price,
      BigDecimal last,
      boolean byIndex)
      throws Refusal {
    if (price.sign() != '+') {
      throw Refusal.invalidArgument("price");
    }
    RelativePrice offset = null;
    if (type == OrderType.TRAILING_STOP_LIMIT) {
      offset = OrderFields.price(parameters, "price2");
      if (offset.sign() != '+' && offset.sign() != '-') {
        throw Refusal.invalidArgument("price2");
      }
    }
    boolean buy = side == OrderSide.BUY;
    RelativePrice away = new RelativePrice(buy ? '+' : '-', price.amount(), price.percent());
    BigDecimal at = OrderFields.onTick(pair, away, last, buy);
    return new OrderTrigger(byIndex, at, price, offset, last, false, null);
  }

  /** What the money buys at the asks as they are. */
  private BigDecimal baseVolume(Pair pair, BigDecimal cash) throws Refusal {
    BigDecimal volume = CashVolume.of(pair, board.quote(pair), cash);
    if (volume.signum() == 0) {
      throw Refusal.invalidArgument("volume");
    }
    return volume;
  }

  private static @Nullable BigDecimal displayVolume(
      Parameters parameters, Pair pair, OrderType type, BigDecimal volume) throws Refusal {
    if (type != OrderType.ICEBERG) {
      if (parameters.has("displayvol")) {
        throw Refusal.invalidArgument("displayvol");
      }
      return null;
    }
    BigDecimal shown = OrderFields.volume(parameters, "displayvol", pair.lotDecimals());
    if (shown.multiply(ICEBERG_PARTS).compareTo(volume) < 0 || shown.compareTo(volume) > 0) {
      throw Refusal.invalidArgument("displayvol");
    }
    return shown;
  }

  private static SelfTrade selfTrade(Parameters parameters) throws Refusal {
    String name = parameters.get("stptype");
    SelfTrade rule = name == null ? SelfTrade.CANCEL_NEWEST : SelfTrade.named(name);
    if (rule == null) {
      throw Refusal.invalidArgument("stptype");
    }
    return rule;
  }

  /** With userref or a conditional close Kraken takes none. */
  private static @Nullable String clientOrderId(Parameters parameters, @Nullable CloseTerms close)
      throws Refusal {
    String id = parameters.get("cl_ord_id");
    if (id != null
        && (parameters.has("userref") || close != null || !OrderTerms.isClientOrderId(id))) {
      throw Refusal.invalidArgument("cl_ord_id");
    }
    return id;
  }

  static void checkDeadline(
      @Nullable String text, Duration deadlineMin, Instant receivedAt, Instant now) throws Refusal {
    if (text == null) {
      return;
    }
    Instant deadline;
    try {
      deadline = OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeParseException e) {
      throw Refusal.invalidArgument("deadline");
    }
    if (!deadline.isAfter(now)) {
      throw new Refusal("EService:Deadline elapsed");
    }
    if (deadline.isBefore(receivedAt.plus(deadlineMin))
        || deadline.isAfter(receivedAt.plus(DEADLINE_MAX))) {
      throw Refusal.invalidArgument("deadline");
    }
  }

  private void checkStatus(Pair pair, OrderTerms terms) throws Refusal {
    for (String status : board.statuses(pair)) {
      boolean allowed =
          switch (status) {
            case MarketBoard.ONLINE -> true;
            case "post_only" -> terms.postOnly();
            case "limit_only" -> terms.price() != null;
            default -> false;
          };
      if (!allowed) {
        throw new Refusal(
            status.equals("maintenance")
                ? "EService:Unavailable"
                : "EService:Market in " + status + " mode");
      }
    }
  }

  void checkMinimums(Pair pair, OrderTerms terms) throws Refusal {
    if (terms.volume().compareTo(board.orderMin(pair)) < 0) {
      throw Refusal.invalidArgument("volume");
    }
    BigDecimal limit = terms.price();
    BigDecimal price = limit == null ? board.quote(pair).opposite(terms.side()) : limit;
    if (price.multiply(terms.volume()).compareTo(pair.costMin()) < 0) {
      throw new Refusal("EOrder:Cost minimum not met");
    }
  }
}
