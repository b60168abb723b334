package dev.signaltoorder.risk;

import dev.signaltoorder.signal.FieldProblem;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Says everything that is wrong with a rule set, before it judges anything. */
public final class RuleSetValidation {

  private static final String RULES = "rules.";
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  private RuleSetValidation() {}

  /**
   * All problems of a rule set, in the catalogue's order, unknown rules last; empty when it is
   * good. Never throws.
   *
   * @param rules rule code to parameter name to value
   * @return fields such as "rules.max-order-notional.limit"
   */
  public static List<FieldProblem> problems(Map<String, ? extends Map<String, String>> rules) {
    List<FieldProblem> problems = new ArrayList<>();
    for (RuleDescription rule : RuleCatalog.rules()) {
      Map<String, String> parameters = rules.get(rule.code());
      if (parameters != null) {
        problems.addAll(problemsOf(rule, parameters));
      } else if (rule.mandatory()) {
        problems.add(
            new FieldProblem(RULES + rule.code(), "is missing", "an object with its parameters"));
      }
    }
    List<String> known = RuleCatalog.rules().stream().map(RuleDescription::code).toList();
    rules.keySet().stream()
        .filter(code -> !known.contains(code))
        .sorted()
        .map(RuleSetValidation::unknownRule)
        .forEach(problems::add);
    return List.copyOf(problems);
  }

  static List<FieldProblem> problemsOf(RuleDescription rule, Map<String, String> parameters) {
    List<FieldProblem> problems = new ArrayList<>();
    for (ParameterDescription parameter : rule.parameters()) {
      if (parameter.required() && parameters.get(parameter.name()) == null) {
        problems.add(problem(rule, parameter.name(), "is missing", parameter.type().allowed()));
      }
    }
    for (Map.Entry<String, String> given : parameters.entrySet()) {
      checkValue(rule, given.getKey(), given.getValue(), problems);
    }
    switch (rule.code()) {
      case RuleCodes.ORDER_DEFAULTS -> checkPostOnly(rule, parameters, problems);
      case RuleCodes.DEFAULT_SIZE -> checkDefaultSize(rule, parameters, problems);
      default -> {
        // Every other rule's parameters stand for themselves.
      }
    }
    return problems;
  }

  private static void checkPostOnly(
      RuleDescription rule, Map<String, String> parameters, List<FieldProblem> problems) {
    if ("on".equals(parameters.get("post-only"))
        && !"GTC".equals(parameters.get("time-in-force"))) {
      problems.add(problem(rule, "post-only", "needs time-in-force GTC", "off, or GTC"));
    }
  }

  private static void checkDefaultSize(
      RuleDescription rule, Map<String, String> parameters, List<FieldProblem> problems) {
    String text = parameters.get("value");
    BigDecimal value = text == null ? null : ParameterType.Decimal.parse(text);
    if (value == null) {
      return; // already listed
    }
    if (value.signum() == 0) {
      problems.add(problem(rule, "value", "is zero", "more than 0"));
    }
    String unit = parameters.get("unit");
    if (unit != null && unit.endsWith("_PERCENT") && value.compareTo(HUNDRED) > 0) {
      problems.add(problem(rule, "value", "is more than 100 percent", "at most 100"));
    }
  }

  private static void checkValue(
      RuleDescription rule, String name, String value, List<FieldProblem> problems) {
    for (ParameterDescription parameter : rule.parameters()) {
      boolean plain = parameter.required() && parameter.name().equals(name);
      if (plain && value == null) {
        return; // already listed as missing
      }
      if (plain || parameter.isOverride(name)) {
        String wrong = value == null ? "is missing" : parameter.type().problemOf(value);
        if (wrong != null) {
          problems.add(problem(rule, name, wrong, parameter.type().allowed()));
        }
        return;
      }
    }
    String names =
        String.join(", ", rule.parameters().stream().map(ParameterDescription::name).toList());
    problems.add(
        problem(
            rule,
            Wording.shortened(name),
            "is no parameter of this rule",
            names.isEmpty() ? "no parameters" : names));
  }

  private static FieldProblem problem(
      RuleDescription rule, String name, String problem, String allowed) {
    return new FieldProblem(RULES + rule.code() + "." + name, problem, allowed);
  }

  private static FieldProblem unknownRule(String code) {
    return new FieldProblem(
        RULES + Wording.shortened(code), "is no rule of this version", "a code of docs/rules.md");
  }
}
