package dev.signaltoorder.risk;

import dev.signaltoorder.signal.SignalSize;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * Computes a volume from a size. Every division is rounded down, so the volume is never above what
 * was asked for.
 *
 * <ul>
 *   <li>BASE: value
 *   <li>QUOTE: value / price
 *   <li>EQUITY_PERCENT: equity x value / 100 / price
 *   <li>RISK_PERCENT: equity x value / 100 / |price - stop|; the stop must be where the trade loses
 *   <li>POSITION (a CLOSE): what the strategy holds less its open sells
 * </ul>
 */
final class VolumeSizing {

  private static final int EXACT_DECIMALS = 18;
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  private final CheckedInput input;
  private final Side side;
  private final BigDecimal price;

  /**
   * @param price the order's reference price, positive
   */
  VolumeSizing(CheckedInput input, Side side, BigDecimal price) {
    this.input = input;
    this.side = side;
    this.price = price;
  }

  /**
   * What an amount buys, rounded down.
   *
   * @param amount quote units
   * @param price positive
   */
  static BigDecimal volume(BigDecimal amount, BigDecimal price) {
    return amount.divide(price, EXACT_DECIMALS, RoundingMode.DOWN);
  }

  /** A share of the exact volume, rounded down to the pair's lot decimals. */
  Sizing scaled(Sizing sizing, BigDecimal percent) {
    BigDecimal exact = sizing.exactVolume();
    return exact == null
        ? sizing
        : sizing.scaledTo(percent, lots(exact.multiply(percent).movePointLeft(2)));
  }

  Sizing close() {
    BigDecimal exact = input.account().closableVolume();
    BigDecimal volume = lots(exact);
    return new Sizing(
        "POSITION",
        null,
        false,
        price,
        null,
        null,
        exact,
        null,
        volume,
        null,
        volume,
        volume.signum() > 0 ? null : "There is nothing to close.");
  }

  Sizing of(SignalSize size, boolean fromDefault) {
    if (isPercent(size.unit()) && size.value().compareTo(HUNDRED) > 0) {
      return problem(size, fromDefault, null, "A size of more than 100 percent is not possible.");
    }
    return switch (size.unit()) {
      case BASE -> sized(size, fromDefault, null, null, size.value(), BigDecimal.ONE);
      case QUOTE -> sized(size, fromDefault, null, null, size.value(), price);
      case EQUITY_PERCENT -> ofEquity(size, fromDefault, null);
      case RISK_PERCENT -> ofRisk(size, fromDefault);
    };
  }

  private Sizing ofRisk(SignalSize size, boolean fromDefault) {
    BigDecimal stop = input.signal().stopLoss();
    if (stop == null) {
      return problem(size, fromDefault, null, "A size in risk percent needs a stop-loss.");
    }
    BigDecimal distance = side == Side.BUY ? price.subtract(stop) : stop.subtract(price);
    if (distance.signum() <= 0) {
      return problem(
          size,
          fromDefault,
          distance.abs(),
          "The stop-loss is not on the losing side of the price " + Wording.number(price) + ".");
    }
    return ofEquity(size, fromDefault, distance);
  }

  private Sizing ofEquity(SignalSize size, boolean fromDefault, @Nullable BigDecimal distance) {
    BigDecimal equity = input.account().equity();
    if (equity == null || equity.signum() <= 0) {
      return problem(
          size, fromDefault, distance, "A size in percent needs the account's equity: unknown.");
    }
    BigDecimal share = equity.multiply(size.value()).movePointLeft(2);
    return sized(size, fromDefault, equity, distance, share, distance == null ? price : distance);
  }

  private Sizing sized(
      SignalSize size,
      boolean fromDefault,
      @Nullable BigDecimal equity,
      @Nullable BigDecimal distance,
      BigDecimal dividend,
      BigDecimal divisor) {
    BigDecimal exact = dividend.divide(divisor, EXACT_DECIMALS, RoundingMode.DOWN);
    return new Sizing(
        size.unit().name(),
        size.value(),
        fromDefault,
        price,
        equity,
        distance,
        exact,
        null,
        lots(exact),
        null,
        lots(exact),
        null);
  }

  private Sizing problem(
      SignalSize size, boolean fromDefault, @Nullable BigDecimal distance, String problem) {
    return new Sizing(
        size.unit().name(),
        size.value(),
        fromDefault,
        price,
        input.account().equity(),
        distance,
        null,
        null,
        null,
        null,
        null,
        problem);
  }

  private BigDecimal lots(BigDecimal exact) {
    return exact.setScale(input.pair().lotDecimals(), RoundingMode.DOWN);
  }

  private static boolean isPercent(SignalSize.Unit unit) {
    return unit == SignalSize.Unit.EQUITY_PERCENT || unit == SignalSize.Unit.RISK_PERCENT;
  }
}
