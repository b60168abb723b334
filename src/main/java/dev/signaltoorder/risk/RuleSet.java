package dev.signaltoorder.risk;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A version of the rules. Parameters are kept as the text they were given as; {@link RiskEngine}
 * parses them and denies where one is missing or cannot be read.
 *
 * @param version rises by one with every change, from 1
 * @param activeFrom when it took effect, UTC
 * @param author who changed it
 * @param reason why
 * @param rules rule code to parameter name to value; lists are comma separated
 */
public record RuleSet(
    long version,
    Instant activeFrom,
    String author,
    String reason,
    SortedMap<String, SortedMap<String, String>> rules) {

  public RuleSet {
    TreeMap<String, SortedMap<String, String>> copy = new TreeMap<>();
    for (Map.Entry<String, SortedMap<String, String>> rule : rules.entrySet()) {
      copy.put(rule.getKey(), Collections.unmodifiableSortedMap(new TreeMap<>(rule.getValue())));
    }
    // Unmodifiable, because the engine keeps what it has read from a rule set.
    rules = Collections.unmodifiableSortedMap(copy);
  }
}
