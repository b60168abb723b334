package dev.signaltoorder.risk;

import dev.signaltoorder.signal.SignalSize;
import java.math.BigDecimal;

/** Says whether the order's volume could be computed, from the signal's size or the default one. */
record DefaultSizeRule(SignalSize size) implements RiskRule.OfSignal {

  @Override
  public String code() {
    return RuleCodes.DEFAULT_SIZE;
  }

  @Override
  public String limit(CheckedInput input) {
    return AskedSize.text(size.unit().name(), size.value(), input) + " unless the signal says";
  }

  @Override
  public RuleAnswer evaluate(CheckedInput input, Planning planning) {
    return switch (planning) {
      case Planning.Planned(OrderPlan plan, Sizing sizing) ->
          RuleAnswer.pass(text(plan, sizing, input), "The size of the order is clear.");
      case Planning.NotPlanned(String code, String reason, Sizing sizing) ->
          code.equals(code())
              ? RuleAnswer.deny(Wording.UNKNOWN, reason)
              : RuleAnswer.notApplicable("no order", "No order is planned: see " + code + ".");
      case Planning.NothingToPlace() ->
          RuleAnswer.notApplicable("no order", "A cancel places no order.");
    };
  }

  private static String text(OrderPlan plan, Sizing sizing, CheckedInput input) {
    String volume = Wording.amount(plan.volume(), input.base());
    BigDecimal requested = sizing.requested();
    return requested == null
        ? volume + " from the position"
        : volume
            + " from "
            + AskedSize.text(sizing.unit(), requested, input)
            + (sizing.fromDefault() ? " by default" : " of the signal");
  }
}
