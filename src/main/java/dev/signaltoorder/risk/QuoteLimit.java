package dev.signaltoorder.risk;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Set;

/**
 * A limit in the quote asset of the signal's pair. The narrowest value counts: for the pair, for
 * the quote asset, then the plain one.
 *
 * <p>The plain value is used only for quote assets that are worth about a dollar: "100" means
 * something else in BTC. A pair quoted in another asset is denied until the rule set has a value
 * for it.
 */
final class QuoteLimit {

  /** Quote assets that the plain value is meant for. */
  static final Set<String> PLAIN_QUOTES =
      Set.of(
          "USD", "EUR", "GBP", "CHF", "CAD", "AUD", "USDT", "USDC", "USDG", "EURC", "DAI", "PYUSD",
          "RLUSD");

  private final String name;
  private final BigDecimal plain;
  private final Map<String, BigDecimal> overrides;

  private QuoteLimit(String name, BigDecimal plain, Map<String, BigDecimal> overrides) {
    this.name = name;
    this.plain = plain;
    this.overrides = overrides;
  }

  static QuoteLimit read(Parameters parameters, String name) {
    return new QuoteLimit(name, parameters.decimal(name), parameters.overrides(name));
  }

  /**
   * The limit for the pair of this input, quote units.
   *
   * @throws UnknownValueException when the pair is unknown or the rule set has no value for its
   *     quote
   */
  BigDecimal of(CheckedInput input) {
    input.pair();
    BigDecimal ofPair = overrides.get(input.pairKey());
    if (ofPair != null) {
      return ofPair;
    }
    BigDecimal ofQuote = overrides.get(input.quoteKey());
    if (ofQuote != null) {
      return ofQuote;
    }
    if (!PLAIN_QUOTES.contains(input.quoteKey())) {
      throw new UnknownValueException(
          "The rule set has no " + name + "." + input.quoteKey() + " for this quote asset.");
    }
    return plain;
  }

  /** "100 USD". */
  String text(CheckedInput input) {
    return Wording.amount(of(input), input.quote());
  }
}
