package dev.signaltoorder.risk;

import dev.signaltoorder.signal.FieldProblem;
import dev.signaltoorder.signal.SignalSize;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A rule set whose parameters are read: one rule for every code of the catalogue, in its order, and
 * one that denies for every code that this version does not know.
 */
final class CompiledRules {

  private final RuleSet ruleSet;
  private final List<RiskRule> rules;
  private final OrderPlanner planner;
  private final List<Freshness> freshness;

  private CompiledRules(
      RuleSet ruleSet, List<RiskRule> rules, OrderPlanner planner, List<Freshness> freshness) {
    this.freshness = freshness;
    this.ruleSet = ruleSet;
    this.rules = rules;
    this.planner = planner;
  }

  /** Never throws: what cannot be read becomes a rule that denies. */
  static CompiledRules of(RuleSet ruleSet) {
    SortedMap<String, SortedMap<String, String>> unknown = new TreeMap<>(ruleSet.rules());
    List<RiskRule> rules = new ArrayList<>();
    OrderDefaults defaults = null;
    SignalSize defaultSize = null;
    SizeScalingRule scaling = null;
    List<RiskRule.Capping> capping = new ArrayList<>();
    List<Freshness> freshness = new ArrayList<>();
    for (RuleDescription description : RuleCatalog.rules()) {
      unknown.remove(description.code());
      RiskRule rule = compile(description, ruleSet.rules());
      rules.add(rule);
      if (rule instanceof OrderDefaultsRule readable) {
        defaults = readable.defaults();
      } else if (rule instanceof DefaultSizeRule readable) {
        defaultSize = readable.size();
      } else if (rule instanceof SizeScalingRule readable) {
        scaling = readable;
      }
      if (rule instanceof RiskRule.Capping readable) {
        capping.add(readable);
      }
      if (rule instanceof Freshness readable) {
        freshness.add(readable);
      }
    }
    for (String code : unknown.keySet()) {
      rules.add(new UnusableRule(code, "The rule set has a rule that this version does not know."));
    }
    OrderPlanner planner = new OrderPlanner(defaults, defaultSize, scaling, List.copyOf(capping));
    return new CompiledRules(ruleSet, List.copyOf(rules), planner, List.copyOf(freshness));
  }

  private static RiskRule compile(
      RuleDescription description, Map<String, SortedMap<String, String>> all) {
    Map<String, String> texts = all.get(description.code());
    if (texts == null) {
      return description.mandatory()
          ? new UnusableRule(description.code(), "The rule is missing from the rule set.")
          : new SwitchedOffRule(description.code());
    }
    List<FieldProblem> problems = RuleSetValidation.problemsOf(description, texts);
    if (!problems.isEmpty()) {
      FieldProblem first = problems.get(0);
      return new UnusableRule(
          description.code(),
          "The rule set is wrong: " + first.field() + " " + first.problem() + ".");
    }
    try {
      return read(description.code(), new Parameters(texts), all);
    } catch (RuntimeException failure) {
      return new UnusableRule(
          description.code(),
          "The rule cannot be read from the rule set: " + failure.getMessage() + ".");
    }
  }

  private static RiskRule read(
      String code, Parameters parameters, Map<String, SortedMap<String, String>> all) {
    return switch (code) {
      case RuleCodes.TRADING_STATE -> new TradingStateRule();
      case RuleCodes.STALE_SIGNAL -> StaleSignalRule.read(parameters);
      case RuleCodes.SHORT_ENTRY -> new ShortEntryRule();
      case RuleCodes.ALLOWED_PAIR -> AllowedPairRule.read(parameters);
      case RuleCodes.PAIR_STATUS -> PairStatusRule.read(parameters);
      case RuleCodes.ORDER_DEFAULTS -> new OrderDefaultsRule(OrderDefaults.read(parameters));
      case RuleCodes.ALLOWED_SIDE -> AllowedSideRule.read(parameters);
      case RuleCodes.ALLOWED_TYPE -> AllowedTypeRule.read(parameters);
      case RuleCodes.DEFAULT_SIZE -> new DefaultSizeRule(defaultSize(parameters));
      case RuleCodes.REQUIRED_STOP -> RequiredStopRule.read(parameters);
      case RuleCodes.PAIR_PRECISION -> new PairPrecisionRule();
      case RuleCodes.PAIR_MINIMUM -> new PairMinimumRule();
      case RuleCodes.MAX_ORDER_NOTIONAL -> MaxOrderNotionalRule.read(parameters);
      case RuleCodes.MAX_ORDER_QUANTITY ->
          MaxOrderQuantityRule.read(parameters, maxOrderNotional(all));
      case RuleCodes.STALE_PRICE -> StalePriceRule.read(parameters);
      case RuleCodes.PRICE_COLLAR -> PriceCollarRule.read(parameters);
      case RuleCodes.SPREAD -> SpreadRule.read(parameters);
      case RuleCodes.DEPTH -> DepthRule.read(parameters);
      case RuleCodes.OPEN_ORDERS -> OpenOrdersRule.read(parameters);
      case RuleCodes.POSITION_LIMIT -> PositionLimitRule.read(parameters);
      case RuleCodes.DAILY_NOTIONAL -> DailyNotionalRule.read(parameters);
      case RuleCodes.FREE_BALANCE -> FreeBalanceRule.read(parameters);
      case RuleCodes.DUPLICATE_ORDER -> DuplicateOrderRule.read(parameters);
      case RuleCodes.MESSAGE_THROTTLE -> MessageThrottleRule.read(parameters);
      case RuleCodes.SEQUENCE -> SequenceRule.read(parameters);
      case RuleCodes.CLOCK_SKEW -> ClockSkewRule.read(parameters);
      case RuleCodes.SIZE_SCALING -> SizeScalingRule.read(parameters);
      case RuleCodes.PRICE_MOVE -> PriceMoveRule.read(parameters);
      case RuleCodes.PYRAMIDING -> PyramidingRule.read(parameters);
      case RuleCodes.REVERSAL -> ReversalRule.read(parameters);
      case RuleCodes.SELF_MATCH -> new SelfMatchRule();
      case RuleCodes.STRATEGY_THROTTLE -> StrategyThrottleRule.read(parameters);
      case RuleCodes.REPEATED_EXECUTION -> RepeatedExecutionRule.read(parameters);
      case RuleCodes.UNKNOWN_ORDERS -> UnknownOrdersRule.read(parameters);
      case RuleCodes.ERROR_RATE -> ErrorRateRule.read(parameters);
      case RuleCodes.DAILY_LOSS -> DailyLossRule.read(parameters);
      case RuleCodes.DRAWDOWN -> DrawdownRule.read(parameters);
      case RuleCodes.LOSS_STREAK -> LossStreakRule.read(parameters);
      default -> throw new IllegalArgumentException("no rule has this code");
    };
  }

  private static SignalSize defaultSize(Parameters parameters) {
    return new SignalSize(
        SignalSize.Unit.valueOf(parameters.choice("unit")), parameters.decimal("value"));
  }

  private static QuoteLimit maxOrderNotional(Map<String, SortedMap<String, String>> all) {
    SortedMap<String, String> texts = all.get(RuleCodes.MAX_ORDER_NOTIONAL);
    if (texts == null) {
      throw new UnknownValueException("max-order-notional is missing");
    }
    return QuoteLimit.read(new Parameters(texts), "limit");
  }

  /** Whether this was made of that very rule set. */
  @SuppressWarnings("ReferenceEquality") // rule sets never change; comparing their texts is slow
  boolean isOf(RuleSet other) {
    return ruleSet == other;
  }

  /** In the order in which they answer. */
  List<RiskRule> rules() {
    return rules;
  }

  /** The last moment at which nothing that the order rests on is too old. */
  @Nullable Instant sendBefore(CheckedInput input) {
    Instant earliest = null;
    for (Freshness rule : freshness) {
      Instant until = rule.freshUntil(input);
      if (earliest == null || until.isBefore(earliest)) {
        earliest = until;
      }
    }
    return earliest;
  }

  OrderPlanner planner() {
    return planner;
  }
}
