package dev.signaltoorder.risk;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * One rule's parameters, read as what the catalogue says they are. Only for parameters that {@link
 * RuleSetValidation} found no problem with; anything else throws, and the rule denies.
 */
final class Parameters {

  private final Map<String, String> texts;

  Parameters(Map<String, String> texts) {
    this.texts = texts;
  }

  private String text(String name) {
    String text = texts.get(name);
    if (text == null) {
      throw new UnknownValueException("The parameter " + name + " is missing.");
    }
    return text;
  }

  BigDecimal decimal(String name) {
    return new BigDecimal(text(name));
  }

  int whole(String name) {
    return Integer.parseInt(text(name));
  }

  /** Seconds, decimals allowed, exact to the nanosecond. */
  Duration seconds(String name) {
    return Duration.ofNanos(decimal(name).movePointRight(9).longValueExact());
  }

  boolean flag(String name) {
    return text(name).equals("on");
  }

  String choice(String name) {
    return text(name);
  }

  /** In upper case. */
  Set<String> list(String name) {
    return new HashSet<>(ParameterType.upperCaseEntries(text(name)));
  }

  /** The values given for single quote assets and pairs, by upper-case asset or pair. */
  Map<String, BigDecimal> overrides(String name) {
    Map<String, BigDecimal> values = new HashMap<>();
    for (Map.Entry<String, String> entry : texts.entrySet()) {
      if (entry.getKey().startsWith(name + ".")) {
        String of = entry.getKey().substring(name.length() + 1).toUpperCase(Locale.ROOT);
        // Two spellings of the same name: the lower limit counts.
        values.merge(of, new BigDecimal(entry.getValue()), BigDecimal::min);
      }
    }
    return Map.copyOf(values);
  }
}
