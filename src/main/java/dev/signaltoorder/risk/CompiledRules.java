package dev.signaltoorder.risk;

import dev.signaltoorder.signal.FieldProblem;
import dev.signaltoorder.signal.SignalSize;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A rule set whose parameters are read: one rule for every code of the catalogue, in its order, and
 * one that denies for every code that this version does not know.
 */
final class CompiledRules {

  private final RuleSet ruleSet;
  private final List<RiskRule> rules;
  private final OrderPlanner planner;

  private CompiledRules(RuleSet ruleSet, List<RiskRule> rules, OrderPlanner planner) {
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
    for (RuleDescription description : RuleCatalog.rules()) {
      unknown.remove(description.code());
      RiskRule rule = compile(description, ruleSet.rules());
      rules.add(rule);
      if (rule instanceof OrderDefaultsRule readable) {
        defaults = readable.defaults();
      } else if (rule instanceof DefaultSizeRule readable) {
        defaultSize = readable.size();
      }
    }
    for (String code : unknown.keySet()) {
      rules.add(new UnusableRule(code, "The rule set has a rule that this version does not know."));
    }
    return new CompiledRules(ruleSet, List.copyOf(rules), new OrderPlanner(defaults, defaultSize));
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

  OrderPlanner planner() {
    return planner;
  }
}
