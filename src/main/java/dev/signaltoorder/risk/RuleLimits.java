package dev.signaltoorder.risk;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The limits of a rule set as figures, to show how much of each is used. What is allowed is decided
 * by {@link RiskEngine} alone. A limit that is not there, or cannot be read, is null.
 */
public final class RuleLimits {
  private final Map<String, ? extends Map<String, String>> rules;

  public RuleLimits(RuleSet rules) {
    this.rules = rules.rules();
  }

  /** A parameter that stands for itself, such as a count or a percentage. */
  public @Nullable BigDecimal number(String code, String parameter) {
    Map<String, String> parameters = rules.get(code);
    String text = parameters == null ? null : parameters.get(parameter);
    return text == null ? null : ParameterType.Decimal.parse(text);
  }

  /**
   * An amount in quote units; the narrowest value counts.
   *
   * @param quote "USD"
   * @param pair "BTC/USD"; null where the limit is for all pairs of the quote asset
   */
  public @Nullable BigDecimal amount(
      String code, String parameter, String quote, @Nullable String pair) {
    BigDecimal ofPair = pair == null ? null : override(code, parameter, pair);
    if (ofPair != null) {
      return ofPair;
    }
    BigDecimal ofQuote = override(code, parameter, quote);
    if (ofQuote != null) {
      return ofQuote;
    }
    return QuoteLimit.PLAIN_QUOTES.contains(quote) ? number(code, parameter) : null;
  }

  /**
   * The largest loss in quote units: an amount, or a share of the equity.
   *
   * @param equity in quote units; null while unknown
   */
  public @Nullable BigDecimal loss(String code, String quote, @Nullable BigDecimal equity) {
    BigDecimal amount = override(code, "limit", quote);
    if (amount != null) {
      return amount;
    }
    BigDecimal percent = number(code, "percent");
    return percent == null || equity == null || equity.signum() <= 0
        ? null
        : equity.multiply(percent).movePointLeft(2);
  }

  /** The pairs that may be traded, as the rule set names them. */
  public List<String> pairs() {
    Map<String, String> parameters = rules.get(RuleCodes.ALLOWED_PAIR);
    String text = parameters == null ? null : parameters.get("pairs");
    return text == null
        ? List.of()
        : ParameterType.upperCaseEntries(text).stream()
            .filter(ParameterType.Pairs::isPair)
            .toList();
  }

  private @Nullable BigDecimal override(String code, String parameter, String of) {
    Map<String, String> parameters = rules.get(code);
    if (parameters == null) {
      return null;
    }
    String wanted = (parameter + "." + of).toUpperCase(Locale.ROOT);
    for (Map.Entry<String, String> each : parameters.entrySet()) {
      if (each.getKey().toUpperCase(Locale.ROOT).equals(wanted)) {
        return ParameterType.Decimal.parse(each.getValue());
      }
    }
    return null;
  }
}
