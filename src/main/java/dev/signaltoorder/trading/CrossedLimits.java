package dev.signaltoorder.trading;

import dev.signaltoorder.risk.RuleCodes;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Loss limits that are crossed and that a person was told of: told once. A day's loss counts again
 * on the next UTC day, a streak with its next loss, a drawdown after a resume, from which it is
 * measured; all of them under other rules. A resume leaves only what it names itself. Part of the
 * fold.
 */
final class CrossedLimits {
  private final Map<Limit, Instant> crossed =
      new TreeMap<>(Comparator.comparing(Limit::rule).thenComparing(Limit::of));

  /** A rule, and the quote asset or pair it is about. */
  record Limit(String rule, String of) {}

  /** Everything, as values. */
  record Image(Limit limit, Instant at) {}

  void crossed(ConductFact.LossLimitCrossed fact) {
    crossed.put(new Limit(fact.rule(), fact.of()), fact.at());
  }

  void clear() {
    crossed.clear();
  }

  List<Limit> all() {
    return List.copyOf(crossed.keySet());
  }

  /**
   * Whether a person knows.
   *
   * @param lostAt when the last loss of a streak was; null where there is none
   */
  boolean isKnown(Limit limit, Instant now, @Nullable Instant lostAt) {
    Instant at = crossed.get(limit);
    if (at == null) {
      return false;
    }
    return switch (limit.rule()) {
      case RuleCodes.DAILY_LOSS -> day(at).equals(day(now));
      case RuleCodes.LOSS_STREAK -> lostAt == null || !lostAt.isAfter(at);
      default -> true;
    };
  }

  private static LocalDate day(Instant at) {
    return LocalDate.ofInstant(at, ZoneOffset.UTC);
  }

  List<Image> image() {
    return crossed.entrySet().stream()
        .map(entry -> new Image(entry.getKey(), entry.getValue()))
        .toList();
  }

  void restore(List<Image> images) {
    images.forEach(image -> crossed.put(image.limit(), image.at()));
  }
}
