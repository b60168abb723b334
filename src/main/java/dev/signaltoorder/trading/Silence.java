package dev.signaltoorder.trading;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Sources that should send, and do not. Counted from the last signal, or from the start of this
 * process, whichever is later: what could not be received is no silence of the sender.
 */
final class Silence {
  private final AccountState state;
  private final Map<String, Duration> longest;
  private final Instant startedAt;

  /**
   * @param longest allowed silence by source
   */
  Silence(AccountState state, Map<String, Duration> longest, Instant startedAt) {
    this.state = state;
    this.longest = new TreeMap<>(longest);
    this.startedAt = startedAt;
  }

  void tick(Step step, Instant now) {
    longest.forEach((source, allowed) -> look(source, allowed, step, now));
  }

  private void look(String source, Duration allowed, Step step, Instant now) {
    if (state.track().senders().silent().contains(source)) {
      return;
    }
    Instant last = state.track().senders().heard(source);
    Instant since = last == null || last.isBefore(startedAt) ? startedAt : last;
    if (now.isAfter(since.plus(allowed))) {
      step.record(new ConductFact.SourceSilent(source, last, (int) allowed.toSeconds()));
      step.effect(new Effect.Alarm(told(source, last, allowed)));
    }
  }

  private static String told(String source, @Nullable Instant last, Duration allowed) {
    return "the source "
        + source
        + " has sent no signal for "
        + (allowed.toSeconds() < 120
            ? allowed.toSeconds() + " s"
            : allowed.toMinutes() + " minutes")
        + "; its last one came "
        + (last == null ? "never" : "at " + last);
  }
}
