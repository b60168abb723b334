package dev.signaltoorder.paper;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads single parameters of AddOrder and its kin, in Kraken's forms. */
final class OrderFields {

  private static final Duration LIFE_MAX = Duration.ofDays(31);
  private static final long LIFE_SECONDS_MIN = 5;
  // fciq (fee in quote) is how fees are taken here; nompp has been ignored by Kraken since 2025.
  private static final Set<String> FLAGS = Set.of("post", "viqc", "fciq", "nompp");

  private OrderFields() {}

  static String required(Parameters parameters, String name) throws Refusal {
    String value = parameters.get(name);
    if (value == null) {
      throw Refusal.invalidArgument(name);
    }
    return value;
  }

  static OrderSide side(Parameters parameters) throws Refusal {
    return switch (required(parameters, "type")) {
      case "buy" -> OrderSide.BUY;
      case "sell" -> OrderSide.SELL;
      default -> throw Refusal.invalidArgument("type");
    };
  }

  static BigDecimal volume(Parameters parameters, String name, int decimals) throws Refusal {
    BigDecimal volume = parameters.decimal(name);
    if (volume == null || volume.signum() <= 0 || volume.stripTrailingZeros().scale() > decimals) {
      throw Refusal.invalidArgument(name);
    }
    return volume;
  }

  static RelativePrice price(Parameters parameters, String name) throws Refusal {
    RelativePrice price = RelativePrice.read(required(parameters, name));
    if (price == null || price.amount().signum() <= 0) {
      throw Refusal.invalidArgument(name);
    }
    return price;
  }

  /** A fixed price must be on the tick; a relative one is rounded to it. */
  static BigDecimal onTick(Pair pair, RelativePrice price, BigDecimal reference, boolean upwards)
      throws Refusal {
    BigDecimal meant = price.from(reference, upwards);
    if (meant.signum() <= 0) {
      throw new Refusal("EOrder:Invalid price");
    }
    if (!price.isFixed()) {
      return pair.toTick(meant.max(pair.tickSize()), RoundingMode.HALF_UP);
    }
    if (meant.stripTrailingZeros().scale() > pair.priceDecimals()) {
      throw new Refusal(
          "EOrder:Invalid price:%s price can only be specified up to %d decimals."
              .formatted(pair.key(), pair.priceDecimals()));
    }
    if (!pair.onTick(meant)) {
      throw new Refusal("EOrder:Tick size check failed");
    }
    return meant;
  }

  static Set<String> flags(Parameters parameters) throws Refusal {
    String flags = parameters.get("oflags");
    List<String> given = flags == null ? List.of() : List.of(flags.split(",", -1));
    if (!FLAGS.containsAll(given)) {
      throw Refusal.invalidArgument("oflags");
    }
    return Set.copyOf(given);
  }

  static OrderTerms.Timing timing(
      Parameters parameters, OrderType type, boolean postOnly, Instant now) throws Refusal {
    String name = parameters.get("timeinforce");
    TimeInForce inForce = name == null ? TimeInForce.GTC : TimeInForce.named(name);
    boolean atOnce = inForce == TimeInForce.IOC || inForce == TimeInForce.FOK;
    if (inForce == null
        || (inForce != TimeInForce.GTC && !type.hasLimit())
        || (atOnce && postOnly)) {
      throw Refusal.invalidArgument("timeinforce");
    }
    Instant startsAt = time(parameters, "starttm", now, 0);
    Instant expiresAt = time(parameters, "expiretm", now, LIFE_SECONDS_MIN);
    if (inForce == TimeInForce.GTD
        && (expiresAt == null
            || !expiresAt.isAfter(now)
            || expiresAt.isAfter(now.plus(LIFE_MAX)))) {
      throw Refusal.invalidArgument("expiretm");
    }
    // Without GTD Kraken ignores expiretm, and the order lives on.
    return new OrderTerms.Timing(inForce, startsAt, inForce == TimeInForce.GTD ? expiresAt : null);
  }

  /** 0, seconds since 1970, or "+n" seconds from now; null if absent or 0. */
  private static @Nullable Instant time(
      Parameters parameters, String name, Instant now, long secondsMin) throws Refusal {
    String text = parameters.get(name);
    if (text == null || text.equals("0")) {
      return null;
    }
    try {
      if (text.startsWith("+")) {
        long seconds = Long.parseLong(text.substring(1));
        if (seconds < secondsMin || seconds > LIFE_MAX.toSeconds()) {
          throw Refusal.invalidArgument(name);
        }
        return now.plusSeconds(seconds);
      }
      long seconds = Long.parseLong(text);
      if (seconds < 0 || seconds > now.plus(LIFE_MAX).getEpochSecond()) {
        throw Refusal.invalidArgument(name);
      }
      return Instant.ofEpochSecond(seconds);
    } catch (NumberFormatException e) {
      throw Refusal.invalidArgument(name);
    }
  }

  static @Nullable CloseTerms close(Parameters parameters) throws Refusal {
    if (!parameters.hasPrefix("close[")) {
      return null;
    }
    OrderType type = OrderType.named(parameters.get("close[ordertype]"));
    if (type == null || type == OrderType.MARKET) {
      throw Refusal.invalidArgument("close[ordertype]");
    }
    RelativePrice price = price(parameters, "close[price]");
    if (type.isTrailing() && price.sign() != '+') {
      throw Refusal.invalidArgument("close[price]");
    }
    boolean two = type.isTriggered() && type.hasLimit();
    return new CloseTerms(type, price, two ? price(parameters, "close[price2]") : null);
  }
}
