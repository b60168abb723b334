package dev.signaltoorder.trading;

import dev.signaltoorder.kraken.Answer;
import dev.signaltoorder.kraken.CallRecord;
import dev.signaltoorder.kraken.OrderInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * What a {@link Search} brought.
 *
 * @param open the open orders
 * @param closed the closed orders, page by page; empty when the open ones were not told
 * @param complete the closed orders were read to their end: what they do not show is not there
 */
public record Findings(
    Answer<Map<String, OrderInfo>> open,
    List<Answer<Map<String, OrderInfo>>> closed,
    boolean complete) {

  /** Keeps a copy. */
  public Findings {
    closed = List.copyOf(closed);
  }

  /** All calls, in their order. */
  List<CallRecord> calls() {
    List<CallRecord> calls = new ArrayList<>(List.of(open.call()));
    closed.forEach(page -> calls.add(page.call()));
    return calls;
  }

  /** Every call was answered, and the open orders were followed by closed ones. */
  boolean answered() {
    return open instanceof Answer.Success<?>
        && !closed.isEmpty()
        && closed.stream().allMatch(page -> page instanceof Answer.Success<?>);
  }

  /** The latest call whose answer shows this order; the last one if none does. */
  UUID callThatShows(String txid) {
    UUID found = calls().getLast().callId();
    List<Answer<Map<String, OrderInfo>>> answers = new ArrayList<>(List.of(open));
    answers.addAll(closed);
    for (Answer<Map<String, OrderInfo>> answer : answers) {
      if (answer instanceof Answer.Success<Map<String, OrderInfo>> success
          && success.value().containsKey(txid)) {
        found = answer.call().callId();
      }
    }
    return found;
  }
}
