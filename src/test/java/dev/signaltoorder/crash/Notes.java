package dev.signaltoorder.crash;

import dev.signaltoorder.crash.Evidence.Certain;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;

/** What trials see and know for certain. The gates write problems from their own threads. */
final class Notes {
  private final Set<String> neverSent = new HashSet<>();
  private final Map<String, String> storedUnanswered = new HashMap<>();
  private final Queue<String> problems = new ConcurrentLinkedQueue<>();

  /** Orders of which it is certain that no program may have sent them. */
  void mustNeverBeSent(Set<String> orderIds) {
    neverSent.addAll(orderIds);
  }

  /** A delivery that is stored and was not answered: its next answer must be 200, with this id. */
  void storedUnanswered(String deliveryId, String signalId) {
    storedUnanswered.put(deliveryId, signalId);
  }

  /** A promise that was seen broken. */
  void problem(String text) {
    problems.add(text);
  }

  List<String> problems() {
    return List.copyOf(problems);
  }

  Certain certain() {
    return new Certain(Set.copyOf(neverSent), Map.copyOf(storedUnanswered));
  }
}
