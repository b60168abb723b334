package dev.signaltoorder.risk;

import dev.signaltoorder.signal.SignalSize;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * Makes the order that a signal would become. BUY buys, SELL and CLOSE sell, CANCEL places nothing,
 * SHORT never becomes an order.
 *
 * @param defaults null when the rule set's order-defaults cannot be read
 * @param defaultSize null when the rule set's default-size cannot be read
 */
record OrderPlanner(@Nullable OrderDefaults defaults, @Nullable SignalSize defaultSize) {

  /** Never throws. */
  Planning plan(CheckedInput input) {
    try {
      return switch (input.action()) {
        case BUY -> order(input, Side.BUY);
        case SELL, CLOSE -> order(input, Side.SELL);
        case CANCEL -> new Planning.NothingToPlace();
        case SHORT -> notPlanned(RuleCodes.SHORT_ENTRY, ShortEntryRule.SENTENCE);
      };
    } catch (UnknownValueException unknown) {
      String code = input.hasSnapshot() ? RuleCodes.ORDER_DEFAULTS : RuleCodes.STALE_PRICE;
      return notPlanned(code, unknown.sentence());
    } catch (RuntimeException failure) {
      return notPlanned(
          RuleCodes.ORDER_DEFAULTS,
          "Planning the order failed: " + failure.getClass().getSimpleName() + ".");
    }
  }

  private Planning order(CheckedInput input, Side side) {
    try {
      input.pair();
    } catch (UnknownValueException unknown) {
      return notPlanned(RuleCodes.PAIR_STATUS, unknown.sentence());
    }
    String unusable = Plausibility.problemOfPrices(input.signal());
    if (unusable != null) {
      return notPlanned(RuleCodes.ORDER_DEFAULTS, "No order: " + unusable + ".");
    }
    if (defaults == null) {
      return notPlanned(RuleCodes.ORDER_DEFAULTS, "The rule set has no usable order defaults.");
    }
    OrderPricing pricing = OrderPricing.of(input, side, defaults);
    if (pricing == null) {
      return notPlanned(RuleCodes.ORDER_DEFAULTS, "The signal names no price for its limit order.");
    }
    return sized(input, side, pricing);
  }

  private Planning sized(CheckedInput input, Side side, OrderPricing pricing) {
    String unusable = Plausibility.problemOfSize(input.signal());
    if (unusable != null) {
      return notPlanned(RuleCodes.DEFAULT_SIZE, "No order: " + unusable + ".");
    }
    Sizing sizing;
    try {
      sizing = sizing(input, side, pricing.referencePrice());
    } catch (UnknownValueException unknown) {
      return notPlanned(RuleCodes.DEFAULT_SIZE, unknown.sentence());
    }
    BigDecimal volume = sizing.volume();
    String problem = sizing.problem();
    if (problem != null || volume == null) {
      String reason = problem == null ? "The order's size is unknown." : problem;
      return new Planning.NotPlanned(RuleCodes.DEFAULT_SIZE, reason, sizing);
    }
    OrderPlan plan =
        new OrderPlan(
            input.symbol(),
            side,
            pricing.type(),
            pricing.timeInForce(),
            pricing.postOnly(),
            volume,
            pricing.limitPrice(),
            pricing.referencePrice(),
            volume.multiply(pricing.referencePrice()));
    return new Planning.Planned(plan, sizing);
  }

  private Sizing sizing(CheckedInput input, Side side, BigDecimal price) {
    VolumeSizing volumes = new VolumeSizing(input, side, price);
    SignalSize named = input.signal().size();
    return switch (input.action()) {
      case CLOSE -> volumes.close();
      case BUY, SELL, CANCEL, SHORT -> {
        if (named != null) {
          yield volumes.of(named, false);
        }
        if (defaultSize == null) {
          throw new UnknownValueException("The rule set has no usable default size.");
        }
        yield volumes.of(defaultSize, true);
      }
    };
  }

  private static Planning notPlanned(String code, String reason) {
    return new Planning.NotPlanned(code, reason, null);
  }
}
