package dev.signaltoorder.console;

import dev.signaltoorder.risk.ParameterDescription;
import dev.signaltoorder.risk.ParameterDescription.Scope;
import dev.signaltoorder.risk.ParameterType;
import dev.signaltoorder.risk.RuleCatalog;
import dev.signaltoorder.risk.RuleDescription;
import dev.signaltoorder.risk.RuleSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A rule set as a form: every rule of the catalogue with what it has, in the catalogue's order. */
final class RuleForms {
  private RuleForms() {}

  static List<RulesView.Rule> of(RuleSet rules) {
    return RuleCatalog.rules().stream().map(rule -> rule(rule, rules)).toList();
  }

  private static RulesView.Rule rule(RuleDescription rule, RuleSet rules) {
    Map<String, String> values = rules.rules().getOrDefault(rule.code(), new TreeMap<>());
    List<RulesView.Parameter> parameters = new ArrayList<>();
    List<RulesView.More> more = new ArrayList<>();
    for (ParameterDescription described : rule.parameters()) {
      values.forEach(
          (name, value) -> {
            if (name.equals(described.name()) || name.startsWith(described.name() + ".")) {
              parameters.add(parameter(rule, described, name, value));
            }
          });
      String example = example(described.scope());
      if (example != null) {
        more.add(
            new RulesView.More(
                rule.code() + "-" + described.name() + "-more",
                described.name(),
                Words.rule(described.name()),
                example));
      }
    }
    return new RulesView.Rule(
        rule.code(),
        Words.rule(rule.code()),
        rule.protectsFrom(),
        rule.concerns(),
        !rules.rules().containsKey(rule.code()),
        parameters,
        more);
  }

  private static RulesView.Parameter parameter(
      RuleDescription rule, ParameterDescription described, String name, String value) {
    boolean removable = !name.equals(described.name());
    String label = Words.rule(described.name());
    return new RulesView.Parameter(
        rule.code() + "-" + name,
        name,
        removable ? label + " for " + name.substring(described.name().length() + 1) : label,
        value,
        described.meaning(),
        described.type().allowed(),
        described.type() instanceof ParameterType.Choice choice ? choice.words() : List.of(),
        removable);
  }

  private static @Nullable String example(Scope scope) {
    return switch (scope) {
      case PLAIN -> null;
      case PER_QUOTE, QUOTE_ONLY -> "EUR";
      case PER_QUOTE_OR_PAIR -> "EUR or BTC/EUR";
      case PER_PAIR, PLAIN_OR_PAIR -> "BTC/EUR";
      case PER_STRATEGY -> "breakout";
      case PER_SOURCE -> "tradingview";
    };
  }
}
