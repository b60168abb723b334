package dev.signaltoorder.trading;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Acts that one operator has asked for and that wait for another one: the fold of their facts. */
final class WaitingActs {
  /** The oldest is forgotten: it has to be asked for again. */
  static final int MOST = 100;

  private final Map<String, ConductFact.ActProposed> waiting = new LinkedHashMap<>();

  /** Folds in a fact of any kind. */
  void apply(Fact fact) {
    switch (fact) {
      case ConductFact.ActProposed proposed -> propose(proposed);
      case ConductFact.ActConfirmed confirmed ->
          waiting.remove(key(confirmed.act(), confirmed.of()));
      // Whoever wanted to resume did not know of this halt; and what is done waits no longer.
      case Fact.TradingHalted halted -> forget(ActConfirmation.Act.RESUME);
      case Fact.TradingResumed resumed -> forget(ActConfirmation.Act.RESUME);
      case Fact.AccountArmed armed -> forget(ActConfirmation.Act.ARM);
      case Fact.AccountDisarmed disarmed -> forget(ActConfirmation.Act.ARM);
      // Another mode, other keys, another process: whatever was about to be armed.
      case Fact.LoopStarted started -> forget(ActConfirmation.Act.ARM);
      default -> {
        // Nothing that acts wait for.
      }
    }
  }

  private void propose(ConductFact.ActProposed proposed) {
    String key = key(proposed.act(), proposed.of());
    waiting.remove(key);
    if (waiting.size() >= MOST) {
      waiting.remove(waiting.keySet().iterator().next());
    }
    waiting.put(key, proposed);
  }

  private void forget(ActConfirmation.Act act) {
    waiting.values().removeIf(proposed -> proposed.act().equals(act.name()));
  }

  /** The proposal of this act, in time or not; null when there is none. */
  ConductFact.@Nullable ActProposed find(String act, String of) {
    return waiting.get(key(act, of));
  }

  /** Those that still can be confirmed at {@code now}, oldest first. */
  List<ConductFact.ActProposed> inTime(Instant now) {
    return waiting.values().stream().filter(act -> !now.isAfter(act.expiresAt())).toList();
  }

  /** All, oldest first. */
  List<ConductFact.ActProposed> image() {
    return List.copyOf(waiting.values());
  }

  void restore(List<ConductFact.ActProposed> image) {
    image.forEach(this::propose);
  }

  private static String key(String act, String of) {
    return act + " " + of;
  }
}
