package dev.signaltoorder.trading;

import dev.signaltoorder.kraken.QueriedOrders;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * That Kraken does not say how open orders are doing, or says it so that it cannot be read, or does
 * not know them: all of them or one. What lasts is told, once: fills are not known then, and what
 * was bought is under no stop. Times are steady.
 */
final class Unanswered {
  private static final int OFTEN = 3;
  private static final Duration LONG = Duration.ofMinutes(1);

  private record Unseen(Instant since, int times, String error) {
    boolean lasts(Instant now) {
      return times >= OFTEN && !now.isBefore(since.plus(LONG));
    }
  }

  /** By txid. */
  private final Map<String, Unseen> unseen = new LinkedHashMap<>();

  private int failures;
  private @Nullable String trouble;

  /** A question about these orders got no answer that can be used. */
  void failed(List<String> asked, String error, Step step, Instant now) {
    failures++;
    asked.forEach(txid -> missed(txid, error, now));
    judge(step, now);
  }

  /**
   * A question about these orders was answered. One that is left out may be too fresh for Kraken's
   * lists, or the key be of another account.
   */
  void answered(List<String> asked, QueriedOrders shown, Step step, Instant now) {
    failures = 0;
    for (String txid : asked) {
      String wrong = shown.unreadable().get(txid);
      if (wrong != null) {
        missed(txid, "the answer about " + txid + " is unreadable: " + wrong, now);
      } else if (shown.orders().containsKey(txid)) {
        unseen.remove(txid);
      } else {
        missed(txid, "the answer leaves " + txid + " out", now);
      }
    }
    judge(step, now);
  }

  /** Others are not open any more: nobody waits for an answer about them. */
  void keepOnly(Set<String> open) {
    unseen.keySet().retainAll(open);
    trouble = unseen.isEmpty() ? null : trouble;
    failures = open.isEmpty() ? 0 : failures;
  }

  private void missed(String txid, String error, Instant now) {
    Unseen before = unseen.getOrDefault(txid, new Unseen(now, 0, error));
    unseen.put(txid, new Unseen(before.since(), before.times() + 1, error));
  }

  private void judge(Step step, Instant now) {
    Unseen longest =
        unseen.values().stream()
            .filter(each -> each.lasts(now))
            .min(Comparator.comparing(Unseen::since))
            .orElse(null);
    if (longest == null) {
      trouble = null;
      return;
    }
    if (trouble == null) {
      step.effect(
          new Effect.Alarm(
              "Kraken has not shown for "
                  + Duration.between(longest.since(), now).toSeconds()
                  + " s how open orders are doing ("
                  + longest.error()
                  + "): fills may be unknown and without a stop; no entries until it does"));
    }
    trouble = longest.error();
  }

  /** How many questions in a row got no answer at all. */
  int failures() {
    return failures;
  }

  /** The last error about what has not been shown for longest; null while nothing lasts. */
  @Nullable String trouble() {
    return trouble;
  }
}
