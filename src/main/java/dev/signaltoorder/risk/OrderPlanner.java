package dev.signaltoorder.risk;

import dev.signaltoorder.market.PairRules;
import dev.signaltoorder.signal.Action;
import dev.signaltoorder.signal.SignalSize;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Makes the order that a signal would become. BUY buys, SELL and CLOSE sell, CANCEL places nothing,
 * SHORT never becomes an order.
 *
 * @param defaults null when the rule set's order-defaults cannot be read
 * @param defaultSize null when the rule set's default-size cannot be read
 * @param scaling null when the rule set does not change sizes
 * @param capping the rules that a smaller order could satisfy
 */
record OrderPlanner(
    @Nullable OrderDefaults defaults,
    @Nullable SignalSize defaultSize,
    @Nullable SizeScalingRule scaling,
    List<RiskRule.Capping> capping) {

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
    OrderPlan plan = pricing.plan(input.symbol(), side, volume);
    if (scaling == null || !scaling.capToLimits() || input.action() == Action.CLOSE) {
      return new Planning.Planned(plan, sizing);
    }
    return capped(input, side, pricing, new Planning.Planned(plan, sizing));
  }

  /** Sized down to the largest volume that all limits allow; never below the pair's minimum. */
  private Planning capped(
      CheckedInput input, Side side, OrderPricing pricing, Planning.Planned planned) {
    BigDecimal most = planned.plan().volume();
    String by = null;
    for (RiskRule.Capping rule : capping) {
      BigDecimal allowed = mostVolume(rule, input, planned.plan());
      if (allowed != null && allowed.compareTo(most) < 0) {
        most = allowed;
        by = rule.code();
      }
    }
    if (by == null) {
      return planned;
    }
    PairRules pair = input.pair();
    BigDecimal volume = most.setScale(pair.lotDecimals(), RoundingMode.DOWN);
    OrderPlan plan = pricing.plan(input.symbol(), side, volume);
    boolean tooSmall =
        volume.signum() <= 0
            || volume.compareTo(pair.orderMin()) < 0
            || plan.notional().compareTo(pair.costMin()) < 0;
    // What no limit leaves room for is refused as it was asked for, with its true numbers.
    return tooSmall ? planned : new Planning.Planned(plan, planned.sizing().cappedTo(volume, by));
  }

  private static @Nullable BigDecimal mostVolume(
      RiskRule.Capping rule, CheckedInput input, OrderPlan plan) {
    try {
      return rule.mostVolume(input, plan);
    } catch (UnknownValueException unknown) {
      return null; // the rule itself denies
    }
  }

  private Sizing sizing(CheckedInput input, Side side, BigDecimal price) {
    VolumeSizing volumes = new VolumeSizing(input, side, price);
    SignalSize named = input.signal().size();
    return switch (input.action()) {
      case CLOSE -> volumes.close();
      case BUY, SELL, CANCEL, SHORT -> {
        if (named == null && defaultSize == null) {
          throw new UnknownValueException("The rule set has no usable default size.");
        }
        Sizing sizing =
            named != null
                ? volumes.of(named, false)
                : volumes.of(Objects.requireNonNull(defaultSize), true);
        BigDecimal percent = scaling == null ? null : scaling.percent(input);
        yield percent == null ? sizing : volumes.scaled(sizing, percent);
      }
    };
  }

  private static Planning notPlanned(String code, String reason) {
    return new Planning.NotPlanned(code, reason, null);
  }
}
