package dev.signaltoorder.trading;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The pairs whose market is not NORMAL, each with the fact that says so. Part of the fold. */
final class Conditions {
  private final Map<String, ConductFact.ConditionChanged> notNormal = new TreeMap<>();

  void changed(ConductFact.ConditionChanged fact) {
    if (fact.to() == MarketCondition.NORMAL) {
      notNormal.remove(fact.pair());
    } else {
      notNormal.put(fact.pair(), fact);
    }
  }

  MarketCondition of(String pair) {
    ConductFact.ConditionChanged fact = notNormal.get(pair);
    return fact == null ? MarketCondition.NORMAL : fact.to();
  }

  /** How the pair came into its condition; null while it is NORMAL. */
  ConductFact.@Nullable ConditionChanged at(String pair) {
    return notNormal.get(pair);
  }

  /** Every market is NORMAL. */
  boolean isEmpty() {
    return notNormal.isEmpty();
  }

  /** In a fixed order. */
  List<ConductFact.ConditionChanged> image() {
    return List.copyOf(notNormal.values());
  }

  void restore(List<ConductFact.ConditionChanged> image) {
    image.forEach(this::changed);
  }
}
