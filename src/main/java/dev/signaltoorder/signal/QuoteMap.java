package dev.signaltoorder.signal;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Replaces the quote currency of a pair: {@code BTCUSDT} to {@code BTCUSD}. */
final class QuoteMap {
  private static final String SEPARATORS = "/-_:";

  private final Map<String, String> targetByQuote = new LinkedHashMap<>();

  /**
   * @param configured from and to currency codes; upper and lower case are one
   */
  QuoteMap(Map<String, String> configured) {
    List<String> longestFirst =
        configured.keySet().stream()
            // Longest first: of USDT and T, the one that says more is meant.
            .sorted(Comparator.comparingInt(String::length).reversed().thenComparing(q -> q))
            .toList();
    for (String quote : longestFirst) {
      String target = configured.getOrDefault(quote, quote);
      targetByQuote.put(quote.toUpperCase(Locale.ROOT), target.toUpperCase(Locale.ROOT));
    }
  }

  /** The pair with its quote replaced, or the very same text where nothing applies. */
  String apply(String pair) {
    String upper = pair.toUpperCase(Locale.ROOT);
    int separator = lastSeparator(upper);
    for (Map.Entry<String, String> entry : targetByQuote.entrySet()) {
      String quote = entry.getKey();
      int start = upper.length() - quote.length();
      boolean quoteStartsHere = separator < 0 ? start > 0 : start == separator + 1;
      if (quoteStartsHere && upper.endsWith(quote)) {
        return pair.substring(0, start) + entry.getValue();
      }
    }
    return pair;
  }

  private static int lastSeparator(String pair) {
    int last = -1;
    for (int i = 0; i < SEPARATORS.length(); i++) {
      last = Math.max(last, pair.lastIndexOf(SEPARATORS.charAt(i)));
    }
    return last;
  }
}
