package dev.signaltoorder.risk;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The rule sets that come with the service: "retail" for small accounts and for trying it out,
 * "pro" for larger ones. Both are complete and valid.
 */
public final class ShippedRuleSets {

  private ShippedRuleSets() {}

  /** BTC/USD and ETH/USD, limit IOC orders of at most 100 USD. A fresh, modifiable copy. */
  public static SortedMap<String, SortedMap<String, String>> retail() {
    return rules(ParameterDescription::retail);
  }

  /** Twenty pairs, orders of at most 10 000 USD, shorter ages. A fresh, modifiable copy. */
  public static SortedMap<String, SortedMap<String, String>> pro() {
    return rules(ParameterDescription::pro);
  }

  /** Both by name. */
  public static Map<String, SortedMap<String, SortedMap<String, String>>> byName() {
    return Map.of("retail", retail(), "pro", pro());
  }

  private static SortedMap<String, SortedMap<String, String>> rules(
      Function<ParameterDescription, String> value) {
    SortedMap<String, SortedMap<String, String>> rules = new TreeMap<>();
    for (RuleDescription rule : RuleCatalog.rules()) {
      SortedMap<String, String> parameters = new TreeMap<>();
      for (ParameterDescription parameter : rule.parameters()) {
        if (parameter.required()) {
          parameters.put(parameter.name(), value.apply(parameter));
        }
      }
      rules.put(rule.code(), parameters);
    }
    return rules;
  }
}
