package dev.signaltoorder.risk;

import dev.signaltoorder.risk.ParameterType.Choice;
import dev.signaltoorder.risk.ParameterType.Choices;
import dev.signaltoorder.risk.ParameterType.Decimal;
import dev.signaltoorder.risk.ParameterType.Stricter;
import dev.signaltoorder.risk.ParameterType.Whole;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One parameter of a rule. Every plain parameter is required: nothing is assumed.
 *
 * @param name "limit"
 * @param type which texts are allowed
 * @param scope whether it may be given per quote asset, pair, strategy or source
 * @param retail value in the shipped rule set "retail"; empty when it has none
 * @param pro value in the shipped rule set "pro"; empty when it has none
 * @param meaning what it sets, part of a sentence
 */
public record ParameterDescription(
    String name, ParameterType type, Scope scope, String retail, String pro, String meaning) {

  /** Largest amount that a rule set may name. */
  static final BigDecimal AMOUNT_MAX = new BigDecimal("1000000000000");

  private static final BigDecimal DAY_SECONDS = BigDecimal.valueOf(86_400);
  private static final Choice ON_OFF = new Choice(List.of("on", "off"));

  /** Under which names a parameter may appear. The narrowest one counts. */
  public enum Scope {
    /** {@code name}, required. */
    PLAIN,
    /** {@code name}, required, and {@code name.EUR} for pairs quoted in EUR. */
    PER_QUOTE,
    /** As {@link #PER_QUOTE}, and {@code name.BTC/EUR} for that pair. */
    PER_QUOTE_OR_PAIR,
    /** Only {@code name.BTC/EUR}, optional. */
    PER_PAIR,
    /** Only {@code name.EUR}, optional. */
    QUOTE_ONLY,
    /** {@code name}, required, and {@code name.BTC/EUR} for that pair. */
    PLAIN_OR_PAIR,
    /** Only {@code name.breakout}, optional: on top of all other limits. */
    PER_STRATEGY,
    /** Only {@code name.tradingview}, optional: on top of all other limits. */
    PER_SOURCE;

    /** Whether to give one can only refuse more. */
    boolean onlyNarrows() {
      return this == PER_STRATEGY || this == PER_SOURCE;
    }
  }

  private static final int SENDER_CHARACTERS_MAX = 64;

  static ParameterDescription seconds(
      String name, Stricter stricter, String retail, String pro, String meaning) {
    Decimal type = new Decimal("s", BigDecimal.ZERO, DAY_SECONDS, stricter);
    return new ParameterDescription(name, type, Scope.PLAIN, retail, pro, meaning);
  }

  /** A percentage that a pair may have of its own. */
  static ParameterDescription percentOfPair(
      String name, String retail, String pro, String meaning) {
    Decimal type = new Decimal("%", BigDecimal.ZERO, BigDecimal.valueOf(100), Stricter.LOWER);
    return new ParameterDescription(name, type, Scope.PLAIN_OR_PAIR, retail, pro, meaning);
  }

  /** An amount that a strategy, or a source, may not exceed; the shipped sets have none. */
  static ParameterDescription senderLimit(Scope scope, String meaning) {
    String name = scope == Scope.PER_STRATEGY ? SenderLimits.STRATEGY : SenderLimits.SOURCE;
    return limit(name, scope, "", "", meaning);
  }

  static ParameterDescription percent(
      String name, @Nullable Stricter stricter, String retail, String pro, String meaning) {
    Decimal type = new Decimal("%", BigDecimal.ZERO, BigDecimal.valueOf(100), stricter);
    return new ParameterDescription(name, type, Scope.PLAIN, retail, pro, meaning);
  }

  static ParameterDescription limit(
      String name, Scope scope, String retail, String pro, String meaning) {
    return amount(name, Stricter.LOWER, scope, retail, pro, meaning);
  }

  static ParameterDescription amount(
      String name,
      @Nullable Stricter stricter,
      Scope scope,
      String retail,
      String pro,
      String meaning) {
    String unit = stricter == null ? "as its unit says" : "quote asset";
    Decimal type = new Decimal(unit, BigDecimal.ZERO, AMOUNT_MAX, stricter);
    return new ParameterDescription(name, type, scope, retail, pro, meaning);
  }

  static ParameterDescription count(
      String name, int most, String retail, String pro, String meaning) {
    Whole type = new Whole("orders", 0, most, Stricter.LOWER);
    return new ParameterDescription(name, type, Scope.PLAIN, retail, pro, meaning);
  }

  static ParameterDescription flag(String name, String retail, String pro, String meaning) {
    return new ParameterDescription(name, ON_OFF, Scope.PLAIN, retail, pro, meaning);
  }

  static ParameterDescription choice(
      String name, String retail, String pro, String meaning, String... words) {
    Choice type = new Choice(List.of(words));
    return new ParameterDescription(name, type, Scope.PLAIN, retail, pro, meaning);
  }

  static ParameterDescription choices(
      String name, String retail, String pro, String meaning, String... words) {
    Choices type = new Choices(List.of(words));
    return new ParameterDescription(name, type, Scope.PLAIN, retail, pro, meaning);
  }

  boolean required() {
    return scope != Scope.PER_PAIR && scope != Scope.QUOTE_ONLY && !scope.onlyNarrows();
  }

  /** Whether {@code given} is this parameter for one quote asset or one pair. */
  boolean isOverride(String given) {
    if (!given.startsWith(name + ".")) {
      return false;
    }
    String of = given.substring(name.length() + 1);
    return switch (scope) {
      case PLAIN -> false;
      case PER_QUOTE, QUOTE_ONLY -> ParameterType.Pairs.isAsset(of);
      case PER_QUOTE_OR_PAIR -> ParameterType.Pairs.isAsset(of) || ParameterType.Pairs.isPair(of);
      case PER_PAIR, PLAIN_OR_PAIR -> ParameterType.Pairs.isPair(of);
      case PER_STRATEGY, PER_SOURCE -> !of.isBlank() && of.length() <= SENDER_CHARACTERS_MAX;
    };
  }
}
