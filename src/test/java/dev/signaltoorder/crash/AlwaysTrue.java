package dev.signaltoorder.crash;

import dev.signaltoorder.crash.Evidence.BookOrder;
import dev.signaltoorder.crash.Evidence.Delivery;
import dev.signaltoorder.crash.Evidence.FactRow;
import dev.signaltoorder.crash.Evidence.InboxRow;
import dev.signaltoorder.crash.Evidence.JournalSize;
import dev.signaltoorder.crash.Evidence.Told;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What must hold at any moment, whatever was killed. Pure, and uses nothing of the service: it may
 * share none of its mistakes.
 */
final class AlwaysTrue {
  private static final Set<String> ONCE_PER_SIGNAL =
      Set.of("signal-received", "signal-decided", "order-intended");
  static final Set<String> ENDS = Set.of("order-ended", "order-refused", "order-not-placed");

  private final Evidence evidence;
  private final List<String> problems = new ArrayList<>();
  private final Map<String, FactRow> intents;

  private AlwaysTrue(Evidence evidence) {
    this.evidence = evidence;
    this.intents = firstBy(kind("order-intended"), FactRow::orderId);
  }

  /** Every promise that does not hold; empty when all do. */
  static List<String> problems(Evidence evidence) {
    AlwaysTrue check = new AlwaysTrue(evidence);
    check.journalsAreWhole();
    check.everyFactOnce();
    check.intentsComeWithTheirDecision();
    check.nothingIsGivenUp();
    check.termsFollowEachOther();
    check.receivedIsInTheInbox();
    check.acknowledgedIsStored();
    check.ordersHaveOlderIntents();
    check.sentOnceAndOnlyIfIntended();
    return check.problems;
  }

  private void journalsAreWhole() {
    for (JournalSize lease : evidence.leases()) {
      if (lease.size() != lease.facts()
          || (lease.facts() > 0 && lease.last() != lease.facts() - 1)) {
        problem("a journal has a gap or another length than its lease says: " + lease);
      }
    }
    Map<String, Long> next = new HashMap<>();
    for (FactRow fact : evidence.facts()) {
      long expected = next.getOrDefault(fact.account(), 0L);
      if (fact.seq() != expected) {
        problem("a journal jumps from " + (expected - 1) + " to " + fact);
      }
      next.put(fact.account(), fact.seq() + 1);
      if (!fact.intact()) {
        problem("a fact does not have the hash of its bytes: " + fact);
      }
    }
  }

  private void everyFactOnce() {
    Set<String> seen = new HashSet<>();
    for (FactRow fact : evidence.facts()) {
      if (ONCE_PER_SIGNAL.contains(fact.kind())
          && !fact.isProtective()
          && !seen.add(fact.kind() + fact.signalId())) {
        problem("a signal has two facts that it can have once: " + fact);
      }
      if (ENDS.contains(fact.kind()) && !seen.add("end of " + fact.orderId())) {
        problem("an order has two ends: " + fact);
      }
      if (fact.kind().equals("signal-received") && !seen.add(fact.deliveryId())) {
        problem("a delivery was received twice: " + fact);
      }
    }
  }

  /** Crash point C5 cannot happen: decision and intent are one transaction. */
  private void intentsComeWithTheirDecision() {
    Map<String, FactRow> decisions = firstBy(kind("signal-decided"), FactRow::signalId);
    for (FactRow intent : kind("order-intended")) {
      if (intent.isProtective()) {
        // It belongs to a signal that was approved long before: AlwaysProtected.
        continue;
      }
      FactRow decision = decisions.get(intent.signalId());
      if (decision == null
          || !decision.approved().equals("true")
          || !decision.transaction().equals(intent.transaction())) {
        problem("an intent was not committed together with its approval: " + intent);
      }
    }
  }

  private void nothingIsGivenUp() {
    for (FactRow fact : evidence.facts()) {
      if (fact.kind().equals("trading-halted") && fact.actor().equals("invariant")) {
        problem("the account was halted by its own invariant: " + fact);
      }
      if (fact.kind().equals("invariant-violated")) {
        problem("the service itself says that a promise is broken: " + fact);
      }
      // The exchange answers look-ups in every trial: there is nothing a person would be needed
      // for.
      if (fact.kind().equals("order-quarantined")) {
        problem("an order is quarantined: " + fact);
      }
    }
  }

  /** Who writes has a higher number than everyone before. */
  private void termsFollowEachOther() {
    Map<String, Long> highest = new HashMap<>();
    for (FactRow started : kind("loop-started")) {
      long fencing = Long.parseLong(started.fencing());
      Long before = highest.put(started.account(), fencing);
      if (before != null && before >= fencing) {
        problem("a term does not have a higher number than the one before: " + started);
      }
    }
  }

  private void receivedIsInTheInbox() {
    Map<String, String> inbox = inbox();
    for (FactRow received : kind("signal-received")) {
      if (!received.signalId().equals(inbox.get(received.deliveryId()))) {
        problem("a signal was received that the inbox does not have: " + received);
      }
    }
  }

  private void acknowledgedIsStored() {
    Map<String, String> inbox = inbox();
    for (Delivery delivery : evidence.deliveries()) {
      List<Told> told = delivery.told();
      if (told.isEmpty()) {
        continue;
      }
      Set<String> ids = told.stream().map(Told::signalId).collect(Collectors.toSet());
      String stored = inbox.getOrDefault(delivery.id(), "nothing");
      if (!ids.equals(Set.of(stored))) {
        problem(delivery.id() + " was answered " + told + ", stored is " + stored);
      }
      if (told.stream().filter(answer -> answer.status() == 202).count() > 1) {
        problem(delivery.id() + " was accepted twice: " + told);
      }
      String first = evidence.certain().storedUnanswered().get(delivery.id());
      if (first != null && !told.getFirst().equals(new Told(200, first))) {
        problem(delivery.id() + " was stored as " + first + " before its answer, told " + told);
      }
    }
  }

  private void ordersHaveOlderIntents() {
    Set<String> signals = new HashSet<>();
    for (BookOrder order : evidence.book()) {
      FactRow intent = intents.get(order.clientOrderId());
      if (intent == null) {
        problem("an order at the exchange has no intent: " + order);
        continue;
      }
      if (!intent.recordedAt().isBefore(order.openedAt())) {
        problem("an order is older than its intent: " + order + ", " + intent);
      }
      if (!intent.account().equals(order.account())) {
        problem("an order is at another account than its intent: " + order + ", " + intent);
      }
      if (!intent.isProtective() && !signals.add(intent.signalId())) {
        problem("a signal has two orders at the exchange: " + order);
      }
    }
  }

  private void sentOnceAndOnlyIfIntended() {
    evidence
        .addOrders()
        .forEach(
            (id, times) -> {
              if (times > 1) {
                problem("AddOrder was sent " + times + " times for " + id);
              }
              if (!intents.containsKey(id)) {
                problem("AddOrder was sent for " + id + ", which nobody intended");
              }
            });
    for (String id : evidence.certain().neverSent()) {
      if (evidence.addOrders().containsKey(id)) {
        problem("an order was sent whose commit was never acknowledged to its sender: " + id);
      }
    }
  }

  private Map<String, String> inbox() {
    return evidence.inbox().stream()
        .collect(Collectors.toMap(InboxRow::deliveryId, InboxRow::signalId, (a, b) -> a));
  }

  private List<FactRow> kind(String kind) {
    return evidence.facts().stream().filter(fact -> fact.kind().equals(kind)).toList();
  }

  private static Map<String, FactRow> firstBy(List<FactRow> facts, Function<FactRow, String> key) {
    return facts.stream().collect(Collectors.toMap(key, fact -> fact, (a, b) -> a));
  }

  private void problem(String text) {
    problems.add(text);
  }
}
