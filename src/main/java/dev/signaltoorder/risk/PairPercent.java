package dev.signaltoorder.risk;

import java.math.BigDecimal;
import java.util.Map;

/**
 * A percentage that a pair may have of its own, which then counts instead of the plain one.
 *
 * @param ofPair by upper-case pair
 */
record PairPercent(BigDecimal plain, Map<String, BigDecimal> ofPair) {

  static PairPercent read(Parameters parameters, String name) {
    return new PairPercent(parameters.decimal(name), parameters.overrides(name));
  }

  BigDecimal of(CheckedInput input) {
    return ofPair.getOrDefault(input.pairKey(), plain);
  }
}
