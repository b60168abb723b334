package dev.signaltoorder.console;

import dev.signaltoorder.trading.LimitUsage;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** How much of a limit is used, as a bar and in words. */
final class UsageBars {
  private static final BigDecimal FULL = BigDecimal.valueOf(100);
  private static final BigDecimal CLOSE = BigDecimal.valueOf(80);

  private UsageBars() {}

  static RulesView.Usage of(LimitUsage usage) {
    BigDecimal used = usage.used();
    BigDecimal limit = usage.limit();
    // Which money it is the unit says already.
    boolean said = usage.of().isEmpty() || usage.of().equals(usage.unit());
    String what = said ? usage.what() : usage.what() + ", " + usage.of();
    if (used == null || limit == null) {
      String words =
          used == null
              ? "not known: no price was seen yet"
              : "%s %s; the limit is not known".formatted(Words.amount(used), usage.unit());
      return new RulesView.Usage(Words.rule(usage.rule()), what, "quiet", "0", words);
    }
    BigDecimal percent = percent(used, limit);
    String tone =
        percent.compareTo(FULL) >= 0 && used.signum() > 0
            ? "bad"
            : percent.compareTo(CLOSE) >= 0 && used.signum() > 0 ? "waiting" : "good";
    return new RulesView.Usage(
        Words.rule(usage.rule()),
        what,
        tone,
        percent.min(FULL).toPlainString(),
        "%s of %s %s, %s %%"
            .formatted(
                Words.amount(used), Words.amount(limit), usage.unit(), percent.toPlainString()));
  }

  /** Rounded up, so that a limit that is touched never looks free; of no limit nothing is free. */
  private static BigDecimal percent(BigDecimal used, BigDecimal limit) {
    if (limit.signum() <= 0) {
      return used.signum() <= 0 ? BigDecimal.ZERO : FULL;
    }
    return used.max(BigDecimal.ZERO).multiply(FULL).divide(limit, 0, RoundingMode.UP);
  }
}
