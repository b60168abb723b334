package dev.signaltoorder.risk;

import org.jspecify.annotations.Nullable;

/** What the rules have in common that may stop trading until a person looks. */
final class Breaker {

  private Breaker() {}

  /** The parameter {@code halt}: no, ENTRIES, ALL or CANCEL_ALL. */
  static HaltRequest.@Nullable Scope scope(Parameters parameters) {
    return switch (parameters.choice("halt")) {
      case "ENTRIES" -> HaltRequest.Scope.ENTRIES;
      case "ALL" -> HaltRequest.Scope.ALL;
      case "CANCEL_ALL" -> HaltRequest.Scope.CANCEL_ALL;
      default -> null;
    };
  }

  /** An order that only makes the strategy's position smaller must stay possible. */
  static RuleAnswer shrinks(String actual) {
    return RuleAnswer.notApplicable(actual, "This sell only makes the position smaller.");
  }
}
