package dev.signaltoorder.risk;

/**
 * One parameter of a rule. Every plain parameter is required: nothing is assumed.
 *
 * @param name "limit"
 * @param type which texts are allowed
 * @param scope whether it may be given per quote asset or per pair
 * @param retail value in the shipped rule set "retail"; empty when it has none
 * @param pro value in the shipped rule set "pro"; empty when it has none
 * @param meaning what it sets, part of a sentence
 */
public record ParameterDescription(
    String name, ParameterType type, Scope scope, String retail, String pro, String meaning) {

  /** Under which names a parameter may appear. The narrowest one counts. */
  public enum Scope {
    /** {@code name}, required. */
    PLAIN,
    /** {@code name}, required, and {@code name.EUR} for pairs quoted in EUR. */
    PER_QUOTE,
    /** As {@link #PER_QUOTE}, and {@code name.BTC/EUR} for that pair. */
    PER_QUOTE_OR_PAIR,
    /** Only {@code name.BTC/EUR}, optional. */
    PER_PAIR
  }

  boolean required() {
    return scope != Scope.PER_PAIR;
  }

  /** Whether {@code given} is this parameter for one quote asset or one pair. */
  boolean isOverride(String given) {
    if (!given.startsWith(name + ".")) {
      return false;
    }
    String of = given.substring(name.length() + 1);
    return switch (scope) {
      case PLAIN -> false;
      case PER_QUOTE -> ParameterType.Pairs.isAsset(of);
      case PER_QUOTE_OR_PAIR -> ParameterType.Pairs.isAsset(of) || ParameterType.Pairs.isPair(of);
      case PER_PAIR -> ParameterType.Pairs.isPair(of);
    };
  }
}
