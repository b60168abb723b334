package dev.signaltoorder.risk;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Limits of single strategies and sources, in the quote asset of the signal's pair. They come on
 * top of a rule's other limits, so they can only make it stricter.
 *
 * @param ofStrategy by upper-case strategy
 * @param ofSource by upper-case source
 */
record SenderLimits(Map<String, BigDecimal> ofStrategy, Map<String, BigDecimal> ofSource) {

  static final String STRATEGY = "strategy-limit";
  static final String SOURCE = "source-limit";

  static SenderLimits read(Parameters parameters) {
    return new SenderLimits(parameters.overrides(STRATEGY), parameters.overrides(SOURCE));
  }

  /** Of the signal's strategy; null when it has none. */
  @Nullable BigDecimal strategy(CheckedInput input) {
    return ofStrategy.get(input.signal().strategy().toUpperCase(Locale.ROOT));
  }

  /** Of the signal's source; null when it has none. */
  @Nullable BigDecimal source(CheckedInput input) {
    return ofSource.get(input.signal().source().toUpperCase(Locale.ROOT));
  }

  /** The lowest of {@code limit} and those of the signal's strategy and source. */
  BigDecimal strictest(BigDecimal limit, CheckedInput input) {
    BigDecimal strategy = strategy(input);
    BigDecimal source = source(input);
    BigDecimal lowest = strategy == null ? limit : limit.min(strategy);
    return source == null ? lowest : lowest.min(source);
  }
}
