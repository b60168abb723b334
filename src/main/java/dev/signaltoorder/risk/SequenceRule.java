package dev.signaltoorder.risk;

import dev.signaltoorder.signal.Action;
import org.jspecify.annotations.Nullable;

/**
 * The sender's own count of its signals: a number that is left out means that a signal was lost,
 * one that comes late means that they arrive in the wrong order. A count of 0 or 1 begins anew.
 */
record SequenceRule(Policy gap, Policy outOfOrder, boolean allowMissing)
    implements RiskRule.OfSignal {

  /** What happens then. */
  enum Policy {
    TRADE,
    ALARM,
    HOLD
  }

  static SequenceRule read(Parameters parameters) {
    return new SequenceRule(
        policy(parameters.choice("gap")),
        policy(parameters.choice("out-of-order")),
        parameters.choice("missing").equals("allow"));
  }

  private static Policy policy(String word) {
    return switch (word) {
      case "trade" -> Policy.TRADE;
      case "alarm" -> Policy.ALARM;
      default -> Policy.HOLD;
    };
  }

  @Override
  public String code() {
    return RuleCodes.SEQUENCE;
  }

  @Override
  public String limit(CheckedInput input) {
    Long last = input.history().lastSequence();
    return last == null ? "any first number" : "number " + next(last);
  }

  @Override
  public RuleAnswer evaluate(CheckedInput input, Planning planning) {
    Long number = input.signal().sequence();
    String actual = number == null ? "no number" : "number " + number;
    if (input.action() == Action.CANCEL || input.action() == Action.CLOSE) {
      return RuleAnswer.notApplicable(actual, "Leaving must be possible in any order.");
    }
    if (number == null) {
      return allowMissing
          ? RuleAnswer.pass(actual, "The signal has no sequence number, and needs none.")
          : RuleAnswer.deny(actual, "The signal has no sequence number.");
    }
    return judge(number, input.history().lastSequence(), actual);
  }

  private RuleAnswer judge(long number, @Nullable Long last, String actual) {
    if (last == null || number == 0 || number == 1) {
      return RuleAnswer.pass(actual, "The sender's count begins with this signal.");
    }
    if (number == next(last)) {
      return RuleAnswer.pass(actual, "The signal follows number " + last + ".");
    }
    return number > last
        ? answer(gap, actual, "Signals are missing: " + number + " came after " + last + ".")
        : answer(outOfOrder, actual, "Out of order: " + number + " came after " + last + ".");
  }

  private static RuleAnswer answer(Policy policy, String actual, String sentence) {
    return switch (policy) {
      case TRADE -> RuleAnswer.pass(actual, sentence);
      case ALARM -> RuleAnswer.pass(actual, sentence).withAlarm();
      case HOLD -> RuleAnswer.deny(actual, sentence).withAlarm();
    };
  }

  private static long next(long last) {
    return last == Long.MAX_VALUE ? last : last + 1;
  }
}
