package dev.signaltoorder.crash;

import dev.signaltoorder.crash.Evidence.BookOrder;
import dev.signaltoorder.crash.Evidence.FactRow;
import dev.signaltoorder.crash.StopCover.Owner;
import java.util.ArrayList;
import java.util.List;

/**
 * What must hold of stops and take-profits at any moment, whatever was killed. Which order protects
 * is what its own intent in the journal says. Pure, and uses nothing of the service.
 */
final class AlwaysProtected {
  private AlwaysProtected() {}

  /** Every promise that does not hold; empty when all do. */
  static List<String> problems(Evidence evidence) {
    JournalFold fold = JournalFold.of(evidence);
    List<String> problems = new ArrayList<>(fold.problems());
    problems.addAll(
        StopCover.problems(
            evidence.book(),
            id -> {
              FactRow intent = fold.intents().get(id);
              return intent == null
                  ? null
                  : new Owner(intent.account(), intent.order().strategy(), intent.order().role());
            }));
    for (BookOrder order : evidence.book()) {
      FactRow intent = fold.intents().get(order.clientOrderId());
      if (intent == null) {
        // AlwaysTrue says so.
        continue;
      }
      if (order.isStop() != intent.order().role().equals("STOP")) {
        problems.add("an order is another kind than its intent: " + order + ", " + intent);
      }
      if (order.buy() != intent.order().side().equals("BUY")) {
        problems.add("an order has another side than its intent: " + order + ", " + intent);
      }
      if (intent.isProtective() && order.buy()) {
        problems.add("an order that protects buys: " + order);
      }
    }
    return problems;
  }
}
