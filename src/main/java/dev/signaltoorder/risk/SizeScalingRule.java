package dev.signaltoorder.risk;

import dev.signaltoorder.signal.Action;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * How a size is changed before the order is judged: a buy by the sender's confidence, and any order
 * but a CLOSE down to what all limits allow.
 *
 * @param leastPercent share of the size at confidence 0; at confidence 1 it is the whole size
 * @param absentPercent share of the size when the signal names no confidence
 */
record SizeScalingRule(
    boolean byConfidence, BigDecimal leastPercent, BigDecimal absentPercent, boolean capToLimits)
    implements RiskRule.OfSignal {

  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  static SizeScalingRule read(Parameters parameters) {
    return new SizeScalingRule(
        parameters.flag("by-confidence"),
        parameters.decimal("least"),
        parameters.decimal("absent"),
        parameters.flag("cap-to-limits"));
  }

  /** The share of the size that is asked for, in percent; null when sizes are not scaled. */
  @Nullable BigDecimal percent(CheckedInput input) {
    if (!byConfidence || input.action() != Action.BUY) {
      return null;
    }
    BigDecimal confidence = input.signal().confidence();
    if (confidence == null) {
      return absentPercent;
    }
    if (confidence.signum() < 0 || confidence.compareTo(BigDecimal.ONE) > 0) {
      throw new UnknownValueException("The signal's confidence is not between 0 and 1.");
    }
    return leastPercent.add(HUNDRED.subtract(leastPercent).multiply(confidence));
  }

  @Override
  public String code() {
    return RuleCodes.SIZE_SCALING;
  }

  @Override
  public String limit(CheckedInput input) {
    return (byConfidence ? "buys scaled by confidence" : "not scaled")
        + (capToLimits ? ", sized down to the limits" : ", not sized down");
  }

  @Override
  public RuleAnswer evaluate(CheckedInput input, Planning planning) {
    Sizing sizing = planning.sizingOrNull();
    OrderPlan plan = planning.planOrNull();
    if (sizing == null || plan == null) {
      return RuleAnswer.notApplicable("no order", "There is no size to change.");
    }
    BigDecimal percent = sizing.scalePercent();
    BigDecimal sized = sizing.sizedVolume();
    String volume = Wording.amount(plan.volume(), input.base());
    if (sizing.cappedBy() != null && sized != null) {
      return RuleAnswer.pass(
          volume,
          "Sized down from "
              + Wording.amount(sized, input.base())
              + " to what "
              + sizing.cappedBy()
              + " allows.");
    }
    return percent == null
        ? RuleAnswer.pass(volume, "The size is as it was asked for.")
        : RuleAnswer.pass(volume, "The order has " + Wording.percent(percent) + " of the size.");
  }
}
