package dev.signaltoorder.paper;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads AddOrder's parameters and refuses what Kraken would refuse, and also what is real at Kraken
 * but not simulated here: to ignore such a field would place another order than the one meant.
 */
final class AddOrderCheck {

  static final Duration DEADLINE_MIN = Duration.ofSeconds(2);
  static final Duration DEADLINE_MAX = Duration.ofMinutes(1);

  private static final List<String> NOT_SIMULATED =
      List.of("price2", "displayvol", "trigger", "stptype", "expiretm", "starttm", "asset_class");

  private final Pairs pairs;
  private final MarketBoard board;

  AddOrderCheck(Pairs pairs, MarketBoard board) {
    this.pairs = pairs;
    this.board = board;
  }

  /** An order that may go to the book, if the funds suffice. */
  record Checked(OrderTerms terms, Pair pair, boolean validateOnly) {}

  /**
   * @param receivedAt when the request came; its deadline must lie 2 to 60 seconds later
   * @param now when it reaches the book; its deadline must not have passed
   */
  Checked check(Parameters parameters, Instant receivedAt, Instant now) throws Refusal {
    refuseNotSimulated(parameters);
    Pair pair = pairs.require(required(parameters, "pair"));
    OrderSide side = side(parameters);
    boolean market = isMarket(parameters);
    BigDecimal volume = volume(parameters, pair);
    BigDecimal price = market ? null : price(parameters, pair);
    boolean postOnly = postOnly(parameters, market);
    boolean immediate = immediateOrCancel(parameters, market, postOnly);
    OrderTerms terms =
        new OrderTerms(
            pair.key(),
            side,
            price,
            volume,
            immediate,
            postOnly,
            clientOrderId(parameters),
            parameters.integer("userref"));
    checkDeadline(parameters.get("deadline"), receivedAt, now);
    checkStatus(pair, terms);
    checkMinimums(pair, terms);
    return new Checked(terms, pair, parameters.flag("validate"));
  }

  private static void refuseNotSimulated(Parameters parameters) throws Refusal {
    for (String field : NOT_SIMULATED) {
      String value = parameters.get(field);
      if (value != null && !value.equals("0")) {
        throw Refusal.invalidArgument(field);
      }
    }
    if (parameters.hasPrefix("close")) {
      throw Refusal.invalidArgument("close");
    }
    String leverage = parameters.get("leverage");
    if (leverage != null && !leverage.equals("none")) {
      throw Refusal.invalidArgument("leverage");
    }
    if (parameters.flag("reduce_only")) {
      throw Refusal.invalidArgument("reduce_only");
    }
  }

  private static String required(Parameters parameters, String name) throws Refusal {
    String value = parameters.get(name);
    if (value == null) {
      throw Refusal.invalidArgument(name);
    }
    return value;
  }

  private static OrderSide side(Parameters parameters) throws Refusal {
    return switch (required(parameters, "type")) {
      case "buy" -> OrderSide.BUY;
      case "sell" -> OrderSide.SELL;
      default -> throw Refusal.invalidArgument("type");
    };
  }

  private static boolean isMarket(Parameters parameters) throws Refusal {
    return switch (required(parameters, "ordertype")) {
      case "market" -> true;
      case "limit" -> false;
      default -> throw Refusal.invalidArgument("ordertype");
    };
  }

  private static BigDecimal volume(Parameters parameters, Pair pair) throws Refusal {
    BigDecimal volume = parameters.decimal("volume");
    if (volume == null
        || volume.signum() <= 0
        || volume.stripTrailingZeros().scale() > pair.lotDecimals()) {
      throw Refusal.invalidArgument("volume");
    }
    return volume;
  }

  private static BigDecimal price(Parameters parameters, Pair pair) throws Refusal {
    BigDecimal price = parameters.decimal("price");
    if (price == null || price.signum() <= 0) {
      throw Refusal.invalidArgument("price");
    }
    if (price.stripTrailingZeros().scale() > pair.priceDecimals()) {
      throw new Refusal(
          "EOrder:Invalid price:%s price can only be specified up to %d decimals."
              .formatted(pair.key(), pair.priceDecimals()));
    }
    if (!pair.onTick(price)) {
      throw new Refusal("EOrder:Tick size check failed");
    }
    return price;
  }

  private static boolean postOnly(Parameters parameters, boolean market) throws Refusal {
    String flags = parameters.get("oflags");
    if (flags == null) {
      return false;
    }
    // fciq (fee in quote) is how fees are taken here; nompp has been ignored by Kraken since 2025.
    Set<String> known = Set.of("post", "fciq", "nompp");
    List<String> given = List.of(flags.split(",", -1));
    boolean post = given.contains("post");
    if (!known.containsAll(given) || (post && market)) {
      throw Refusal.invalidArgument("oflags");
    }
    return post;
  }

  private static boolean immediateOrCancel(Parameters parameters, boolean market, boolean postOnly)
      throws Refusal {
    String timeInForce = parameters.get("timeinforce");
    if (timeInForce == null || timeInForce.equals("GTC")) {
      return false;
    }
    if (!timeInForce.equals("IOC") || market || postOnly) {
      throw Refusal.invalidArgument("timeinforce");
    }
    return true;
  }

  private static @Nullable String clientOrderId(Parameters parameters) throws Refusal {
    String id = parameters.get("cl_ord_id");
    if (id == null) {
      return null;
    }
    if (parameters.has("userref") || !OrderTerms.isClientOrderId(id)) {
      throw Refusal.invalidArgument("cl_ord_id");
    }
    return id;
  }

  private static void checkDeadline(@Nullable String text, Instant receivedAt, Instant now)
      throws Refusal {
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
    if (deadline.isBefore(receivedAt.plus(DEADLINE_MIN))
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

  private void checkMinimums(Pair pair, OrderTerms terms) throws Refusal {
    if (terms.volume().compareTo(pair.orderMin()) < 0) {
      throw Refusal.invalidArgument("volume");
    }
    BigDecimal limit = terms.price();
    BigDecimal price = limit == null ? board.quote(pair).opposite(terms.side()) : limit;
    if (price.multiply(terms.volume()).compareTo(pair.costMin()) < 0) {
      throw new Refusal("EOrder:Cost minimum not met");
    }
  }
}
