package dev.signaltoorder.trading;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;

/** The limits of a rule set as plain numbers, read from its text. */
@NullUnmarked // a null where none is expected fails the test, which is what it is for
record LimitsRules(SortedMap<String, SortedMap<String, String>> text) {

  String word(String rule, String name) {
    return text.get(rule).get(name);
  }

  BigDecimal number(String rule, String name) {
    return new BigDecimal(word(rule, name));
  }

  int count(String rule, String name) {
    return Integer.parseInt(word(rule, name));
  }

  Duration seconds(String rule, String name) {
    return Duration.ofSeconds(count(rule, name));
  }

  /** The narrowest: for the pair, else for all. Every pair here is quoted in USD. */
  BigDecimal ofPair(String rule, String name, String pair) {
    Map<String, String> parameters = text.get(rule);
    return new BigDecimal(parameters.getOrDefault(name + "." + pair, parameters.get(name)));
  }

  /** Of one pair, strategy, source or asset; null when it has none. */
  @Nullable BigDecimal own(String rule, String name, String whose) {
    String own = text.get(rule).get(name + "." + whose);
    return own == null ? null : new BigDecimal(own);
  }

  /** The widest scope of a halt that a rule asks for; "no" when it asks for none. */
  String halt(String rule) {
    return text.get(rule).getOrDefault("halt", "no");
  }
}
