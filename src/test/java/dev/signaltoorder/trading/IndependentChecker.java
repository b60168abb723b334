package dev.signaltoorder.trading;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.signaltoorder.journal.JournalEntry;
import dev.signaltoorder.journal.RawFact;
import dev.signaltoorder.journal.SignalSummary;
import dev.signaltoorder.market.PairRules;
import dev.signaltoorder.risk.Side;
import dev.signaltoorder.signal.Action;
import dev.signaltoorder.trading.SimulatedJournal.Committed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Judges a finished run by what it left behind: what senders and the operator were told, the
 * exchange's own book, the committed facts. Knows nothing of how the core decides; the core's own
 * state is only compared with it at the end.
 */
final class IndependentChecker {
  private static final Set<String> FINAL =
      Set.of(
          "INVALID",
          "REJECTED",
          "EXPIRED",
          "HALTED",
          "REFUSED_BY_EXCHANGE",
          "FILLED",
          "PARTIALLY_FILLED",
          "CANCELED",
          "NOT_PLACED",
          "DONE");

  /** Calls that were under way when the lockout began, or before its facts were committed. */
  private static final int MOST_IN_FLIGHT = 15;

  private static final SignalFold SIGNAL_FOLD = new SignalFold();
  private static final FactCodec CODEC = new FactCodec();
  private static final ObjectMapper JSON = new ObjectMapper();

  private final SimulatedJournal journal;
  private final SimulatedExchange exchange;
  private final Map<String, SimulatedSenders.Sent> sent;
  private final List<SimulatedOperator.Said> said;
  private final AccountState live;
  private final boolean operatorErred;
  private final boolean throughJson;
  private final List<String> violations = new ArrayList<>();
  private final Map<UUID, Story> stories = new LinkedHashMap<>();
  private final Map<UUID, Story> byOrder = new HashMap<>();
  private final Map<UUID, ProtectionFact.Wanted> wanted = new HashMap<>();

  /** What has a stop-loss: pair and strategy to the price. */
  private final Map<String, BigDecimal> guarded = new HashMap<>();

  /** What the journal says of one signal. */
  private static final class Story {
    final UUID signalId;
    int received;
    int decided;
    int intended;
    int cancelsWanted;
    int cancelsDone;
    long intentMark;
    String decision = "";
    String strategy = "";
    String pair = "";
    @Nullable Action action;
    @Nullable String clientOrderId;
    @Nullable String txid;
    boolean buy;
    boolean stop;
    BigDecimal volume = BigDecimal.ZERO;

    /** A sell that only makes the position smaller, as the facts stood when it might go out. */
    boolean leaves;

    BigDecimal executed = BigDecimal.ZERO;
    final List<Fact> ends = new ArrayList<>();

    Story(UUID signalId) {
      this.signalId = signalId;
    }
  }

  IndependentChecker(
      SimulatedJournal journal,
      SimulatedExchange exchange,
      Map<String, SimulatedSenders.Sent> sent,
      List<SimulatedOperator.Said> said,
      AccountState live,
      boolean operatorErred,
      boolean throughJson) {
    this.journal = journal;
    this.exchange = exchange;
    this.sent = sent;
    this.said = said;
    this.live = live;
    this.operatorErred = operatorErred;
    this.throughJson = throughJson;
  }

  List<String> violations() {
    journal.facts().forEach(this::read);
    checkDeliveries();
    stories.values().forEach(this::checkStory);
    checkExchangeOrders();
    checkSendsUnderHalt();
    check(
        exchange.callsWhileLocked() <= MOST_IN_FLIGHT,
        exchange.callsWhileLocked() + " calls came during a lockout");
    checkPositions();
    if (!operatorErred && !exchange.book().hidOneForLong()) {
      checkStopsAtEveryMoment();
      checkStopsInTheEnd();
    }
    checkFold();
    if (throughJson) {
      checkRows();
    }
    return violations;
  }

  private void check(boolean holds, String otherwise) {
    if (!holds) {
      violations.add(otherwise);
    }
  }

  private Story story(UUID signalId) {
    return stories.computeIfAbsent(signalId, Story::new);
  }

  private void read(Committed committed) {
    switch (committed.fact()) {
      case Fact.SignalReceived f -> {
        story(f.signalId()).received++;
        story(f.signalId()).strategy = f.signal().strategy();
        story(f.signalId()).pair = f.signal().pair();
        story(f.signalId()).action = f.signal().action();
      }
      case Fact.SignalInvalid f -> {
        story(f.signalId()).received++;
        story(f.signalId()).decision = "INVALID";
      }
      case Fact.SignalDecided f -> {
        story(f.signalId()).decided++;
        story(f.signalId()).decision = f.outcome();
      }
      case Fact.OrderIntended f -> {
        boolean own = f.intent().protective() == null;
        Story story = own ? story(f.signalId()) : new Story(f.signalId());
        story.strategy = f.intent().strategy();
        story.pair = f.intent().plan().pair();
        story.buy = f.intent().plan().side() == Side.BUY;
        story.intended++;
        story.intentMark = committed.mark();
        story.clientOrderId = f.intent().clientOrderId();
        check(
            !own || story.decision.equals("PENDING"),
            "order " + f.orderId() + " of a signal decided as " + story.decision);
        story.stop = f.intent().stops();
        story.volume = f.intent().plan().volume();
        story.leaves = leaves(story);
        check(byOrder.put(f.orderId(), story) == null, "two intents of order " + f.orderId());
      }
      case Fact.OrderPlaced f -> {
        ofOrder(f.orderId()).txid = f.txid();
        if (f.how().equals("APPEARED")) {
          ofOrder(f.orderId())
              .ends
              .removeIf(end -> end instanceof Fact.OrderNotPlaced absent && absent.presumed());
        }
      }
      case Fact.OrderRefused f -> ofOrder(f.orderId()).ends.add(f);
      case Fact.OrderNotPlaced f -> ofOrder(f.orderId()).ends.add(f);
      case Fact.OrderProgressed f -> executed(f.orderId(), f.execution());
      case Fact.OrderEnded f -> {
        ofOrder(f.orderId()).ends.add(f);
        executed(f.orderId(), f.execution());
      }
      case ProtectionFact.Wanted f -> wanted.put(f.orderId(), f);
      case ProtectionFact.StopMoved f -> {
        BigDecimal before = guarded.put(key(f.pair(), f.strategy()), f.stop());
        check(before != null && before.compareTo(f.stop()) < 0, "a stop was loosened: " + f);
      }
      case ProtectionFact.PairChanged f -> check(false, "no rules of a pair change here: " + f);
      case ProtectionFact.Ended f -> guardEnds(f);
      case ProtectionFact.SellReleased f ->
          ofOrder(f.orderId()).leaves = leaves(ofOrder(f.orderId()));
      case Fact.CancelWanted f -> story(f.signalId()).cancelsWanted++;
      case Fact.CancelDone f -> story(f.signalId()).cancelsDone++;
      case Fact.InvariantViolated f -> check(mayHappen(f.kind()), "the service saw " + f);
      default -> {}
    }
  }

  private Story ofOrder(UUID orderId) {
    return java.util.Objects.requireNonNull(byOrder.get(orderId), "no intent of " + orderId);
  }

  private static String key(String pair, String strategy) {
    return pair + " " + strategy;
  }

  private void executed(UUID orderId, Execution execution) {
    Story story = ofOrder(orderId);
    boolean first = story.executed.signum() == 0 && execution.volume().signum() > 0;
    story.executed = execution.volume();
    ProtectionFact.Wanted entry = wanted.get(orderId);
    if (entry != null && entry.stop() != null && first) {
      guarded.merge(key(story.pair, story.strategy), entry.stop(), BigDecimal::max);
    }
  }

  /** What is held covers it, and all other sells that may still be executed; stops give way. */
  private boolean leaves(Story sell) {
    BigDecimal left = sell.volume.negate();
    for (Story other : byOrder.values()) {
      if (other == sell || !key(other.pair, other.strategy).equals(key(sell.pair, sell.strategy))) {
        continue;
      }
      left = left.add(other.buy ? other.executed : other.executed.negate());
      if (!other.buy && !other.stop && other.ends.isEmpty()) {
        left = left.subtract(other.volume.subtract(other.executed));
      }
    }
    return !sell.buy && left.signum() >= 0;
  }

  private void guardEnds(ProtectionFact.Ended fact) {
    String key = key(fact.pair(), fact.strategy());
    BigDecimal stop = guarded.remove(key);
    BigDecimal position = BigDecimal.ZERO;
    for (Story story : byOrder.values()) {
      if (key(story.pair, story.strategy).equals(key)) {
        position = position.add(story.buy ? story.executed : story.executed.negate());
      }
    }
    check(
        Coverage.isTooSmall(position, rules(fact.pair()), stop),
        position + " is left, but its protection ended: " + fact);
  }

  private static PairRules rules(String pair) {
    return pair.startsWith("BTC") ? Samples.BTC : Samples.ETH;
  }

  /** The service stops itself only for what the exchange or the operator really did. */
  private boolean mayHappen(String kind) {
    return switch (kind) {
      case "stays-absent" -> operatorErred || exchange.book().hidOneForLong();
      case "same-order" -> operatorErred;
      default -> false;
    };
  }

  /** Acknowledged means stored, once, under the id that was told. */
  private void checkDeliveries() {
    Map<String, List<UUID>> stored = new HashMap<>();
    for (Committed committed : journal.facts()) {
      switch (committed.fact()) {
        case Fact.SignalReceived f ->
            stored.computeIfAbsent(f.deliveryId(), id -> new ArrayList<>()).add(f.signalId());
        case Fact.SignalInvalid f ->
            stored.computeIfAbsent(f.deliveryId(), id -> new ArrayList<>()).add(f.signalId());
        default -> {}
      }
    }
    sent.forEach(
        (deliveryId, what) -> {
          List<UUID> ids = stored.getOrDefault(deliveryId, List.of());
          check(ids.size() <= 1, deliveryId + " was stored " + ids.size() + " times");
          for (UUID told : what.told()) {
            check(
                ids.size() == 1 && ids.get(0).equals(told),
                deliveryId + " was acknowledged as " + told + " but stored as " + ids);
          }
        });
  }

  /** Every signal ends in exactly one way, and only once. */
  private void checkStory(Story story) {
    String name = "signal " + story.signalId + ": ";
    check(story.received == 1, name + "received " + story.received + " times");
    if (story.decision.equals("INVALID")) {
      check(story.decided + story.intended == 0, name + "invalid, but decided");
    } else {
      check(story.decided == 1, name + "decided " + story.decided + " times");
      boolean approved = story.decision.equals("PENDING");
      boolean cancel = story.action == Action.CANCEL;
      check(story.intended == (approved && !cancel ? 1 : 0), name + story.intended + " intents");
      check(
          story.cancelsWanted == (approved && cancel ? 1 : 0),
          name + story.cancelsWanted + " cancellations");
      check(story.cancelsDone == story.cancelsWanted, name + "its cancellation is not done");
      check(
          story.ends.size() == story.intended,
          name + story.intended + " intents, but ends " + story.ends);
    }
    SignalSummary row = journal.summaries().get(story.signalId);
    check(
        row != null && row.outcome().equals(expectedOutcome(story)),
        name + "the report says " + row + ", the facts " + expectedOutcome(story));
    check(FINAL.contains(expectedOutcome(story)), name + "no final outcome");
  }

  private String expectedOutcome(Story story) {
    if (!story.decision.equals("PENDING")) {
      return story.decision;
    }
    if (story.action == Action.CANCEL) {
      return "CANCELED";
    }
    Fact end = story.ends.isEmpty() ? null : story.ends.get(0);
    return switch (end) {
      case Fact.OrderRefused refused -> "REFUSED_BY_EXCHANGE";
      case Fact.OrderNotPlaced notPlaced -> "NOT_PLACED";
      case Fact.OrderEnded ended -> {
        SimulatedBook.Booked booked = booked(ended.orderId().toString());
        BigDecimal volume = booked == null ? BigDecimal.ONE : booked.volume();
        int all = ended.execution().volume().compareTo(volume);
        boolean none = ended.execution().volume().signum() == 0;
        yield none ? "CANCELED" : all == 0 ? "FILLED" : "PARTIALLY_FILLED";
      }
      case null, default -> "PENDING";
    };
  }

  private SimulatedBook.@Nullable Booked booked(String clientOrderId) {
    for (SimulatedBook.Booked booked : exchange.book().orders()) {
      if (booked.request.clientOrderId().equals(clientOrderId)) {
        return booked;
      }
    }
    return null;
  }

  /** At most one order per approval, never without an older intent, and as the facts say. */
  private void checkExchangeOrders() {
    Set<String> seen = new HashSet<>();
    for (SimulatedExchange.Begun begun : exchange.begun()) {
      Story story = byOrder.get(UUID.fromString(begun.clientOrderId()));
      check(
          story != null && story.intentMark < begun.mark(),
          "AddOrder of " + begun.clientOrderId() + " began without a committed intent");
      check(
          seen.add(begun.clientOrderId()), "AddOrder of " + begun.clientOrderId() + " began twice");
    }
    Map<String, Integer> orders = new HashMap<>();
    for (SimulatedBook.Booked booked : exchange.book().orders()) {
      String clientOrderId = booked.request.clientOrderId();
      orders.merge(clientOrderId, 1, Integer::sum);
      Story story = byOrder.get(UUID.fromString(clientOrderId));
      if (story == null || story.intentMark >= booked.mark) {
        violations.add("the exchange has " + booked.txid + " without an older intent");
        continue;
      }
      if (booked.isStop() && booked.isOpen()) {
        continue;
      }
      Fact end = story.ends.isEmpty() ? null : story.ends.get(0);
      boolean sameEnd =
          end instanceof Fact.OrderEnded ended
              && ended.execution().volume().compareTo(booked.executed()) == 0
              && ended.execution().cost().compareTo(booked.info().cost()) == 0
              && ended.execution().fee().compareTo(booked.info().fee()) == 0
              && booked.txid.equals(story.txid);
      check(
          sameEnd,
          "the exchange has "
              + booked.txid
              + " ("
              + booked.executed()
              + " executed), the journal ends its signal with "
              + end);
    }
    orders.forEach(
        (clientOrderId, count) ->
            check(count == 1, "the exchange has " + count + " orders for " + clientOrderId));
    for (Story story : byOrder.values()) {
      boolean ended = !story.ends.isEmpty() && story.ends.get(0) instanceof Fact.OrderEnded;
      check(
          !ended || booked(String.valueOf(story.clientOrderId)) != null,
          "signal " + story.signalId + " ended an order that the exchange never had");
    }
  }

  /** Once a halt was answered no AddOrder begins that it forbids, until another command. */
  private void checkSendsUnderHalt() {
    TreeMap<Long, String> haltedFrom = new TreeMap<>();
    said.forEach(s -> haltedFrom.put(s.mark(), s.halt() == null ? "" : s.halt()));
    for (SimulatedExchange.Begun begun : exchange.begun()) {
      Map.Entry<Long, String> last = haltedFrom.floorEntry(begun.mark());
      String scope = last == null ? "" : last.getValue();
      Story story = byOrder.get(UUID.fromString(begun.clientOrderId()));
      boolean leaves = story != null && story.leaves;
      boolean forbidden = scope.equals("ENTRIES") ? !leaves : !scope.isEmpty();
      check(!forbidden, begun + " began after a halt (" + scope + ") was answered");
    }
  }

  /** While the exchange knew them, where positions lay without a stop. */
  List<UnprotectedSpans.Span> unprotected() {
    Map<String, UnprotectedSpans.Owner> owners = new HashMap<>();
    byOrder.forEach(
        (orderId, story) -> {
          ProtectionFact.Wanted entry = wanted.get(orderId);
          owners.put(
              orderId.toString(),
              new UnprotectedSpans.Owner(
                  key(story.pair, story.strategy),
                  rules(story.pair),
                  story.buy,
                  entry == null ? null : entry.stop()));
        });
    return new UnprotectedSpans(exchange, owners).all();
  }

  /** A stop is never lowered: neither by a change, nor by the next one of the same position. */
  private void checkTrigger(
      String key, SimulatedBook.Happened stop, BigDecimal held, Map<String, BigDecimal> highest) {
    if (Coverage.isTooSmall(held, rules(key), null)) {
      highest.remove(key);
    } else if (stop.stop() && stop.open() && stop.executed().signum() == 0) {
      BigDecimal before = highest.getOrDefault(key, BigDecimal.ZERO);
      check(
          stop.price().compareTo(before) >= 0,
          "a stop was lowered from " + before + " to " + stop.price() + ": " + key);
      highest.merge(key, stop.price(), BigDecimal::max);
    }
  }

  /**
   * At the exchange, stops never rest for more than their strategy holds, and never twice; they
   * only move up; and what only sells what is held never sells more.
   */
  private void checkStopsAtEveryMoment() {
    Map<String, SimulatedBook.Happened> latest = new HashMap<>();
    Map<String, BigDecimal> highest = new HashMap<>();
    for (SimulatedBook.Happened each : exchange.book().history()) {
      latest.put(each.clientOrderId(), each);
      Story own = byOrder.get(UUID.fromString(each.clientOrderId()));
      if (own == null) {
        continue;
      }
      BigDecimal held = BigDecimal.ZERO;
      BigDecimal resting = BigDecimal.ZERO;
      int stops = 0;
      boolean leave = true;
      for (SimulatedBook.Happened order : latest.values()) {
        Story story = byOrder.get(UUID.fromString(order.clientOrderId()));
        if (story == null || !key(story.pair, story.strategy).equals(key(own.pair, own.strategy))) {
          continue;
        }
        held = held.add(story.buy ? order.executed() : order.executed().negate());
        leave &= story.buy || story.leaves;
        if (order.stop() && order.open()) {
          stops++;
          resting = resting.add(order.volume().subtract(order.executed()));
        }
      }
      check(stops <= 1, stops + " stops rest for " + key(own.pair, own.strategy));
      check(
          resting.compareTo(held.max(BigDecimal.ZERO)) <= 0,
          resting + " rests as a stop, " + held + " is held: " + key(own.pair, own.strategy));
      check(
          held.signum() >= 0 || !leave || exchange.book().amendedBelowSold(),
          held.negate() + " more was sold than was held: " + key(own.pair, own.strategy));
      checkTrigger(key(own.pair, own.strategy), each, held, highest);
    }
  }

  /** When all is quiet, what has a stop-loss has one stop, of its size and at its price. */
  private void checkStopsInTheEnd() {
    Fact.TradingHalted halt = live.halt();
    boolean halted = halt != null && !halt.scope().equals("ENTRIES");
    Map<String, BigDecimal> positions = new HashMap<>();
    Map<String, List<SimulatedBook.Booked>> stops = new HashMap<>();
    for (SimulatedBook.Booked booked : exchange.book().orders()) {
      Story story = byOrder.get(UUID.fromString(booked.request.clientOrderId()));
      if (story == null) {
        continue;
      }
      String key = key(story.pair, story.strategy);
      BigDecimal executed = booked.executed();
      positions.merge(key, story.buy ? executed : executed.negate(), BigDecimal::add);
      if (booked.isStop() && booked.isOpen()) {
        stops.computeIfAbsent(key, k -> new ArrayList<>()).add(booked);
      }
    }
    stops
        .keySet()
        .forEach(key -> check(guarded.containsKey(key), "a stop rests though nothing is: " + key));
    guarded.forEach(
        (key, stop) -> {
          BigDecimal held = positions.getOrDefault(key, BigDecimal.ZERO);
          if (!halted && !Coverage.isTooSmall(held, rules(key), stop)) {
            List<SimulatedBook.Booked> resting = stops.getOrDefault(key, List.of());
            check(
                resting.size() == 1
                    && resting.get(0).left().compareTo(held) == 0
                    && resting.get(0).trigger().compareTo(stop) == 0,
                key
                    + " holds "
                    + held
                    + " with a stop-loss at "
                    + stop
                    + ", at the exchange rest "
                    + resting.stream().map(b -> b.left() + " at " + b.trigger()).toList());
          }
        });
  }

  private void checkPositions() {
    Map<String, Map<String, BigDecimal>> held = new TreeMap<>();
    for (SimulatedBook.Booked booked : exchange.book().orders()) {
      Story story = byOrder.get(UUID.fromString(booked.request.clientOrderId()));
      if (story != null && booked.executed().signum() > 0) {
        boolean buy = booked.request.side().equals("buy");
        held.computeIfAbsent(story.pair, pair -> new TreeMap<>())
            .merge(
                story.strategy,
                buy ? booked.executed() : booked.executed().negate(),
                BigDecimal::add);
      }
    }
    held.values().forEach(byStrategy -> byStrategy.values().removeIf(v -> v.signum() == 0));
    held.values().removeIf(Map::isEmpty);
    String here = plain(live.positions().all());
    check(plain(held).equals(here), "positions: exchange " + plain(held) + ", core " + here);
  }

  private static String plain(Map<String, Map<String, BigDecimal>> held) {
    StringBuilder text = new StringBuilder();
    held.forEach(
        (pair, byStrategy) ->
            byStrategy.forEach(
                (strategy, volume) ->
                    text.append(pair)
                        .append(' ')
                        .append(strategy)
                        .append(' ')
                        .append(volume.stripTrailingZeros().toPlainString())
                        .append("; ")));
    return text.toString();
  }

  /** The fold of the journal is the state that was lived in. */
  private void checkFold() {
    AccountState folded = new AccountState();
    FactCodec codec = new FactCodec();
    ObjectMapper json = new ObjectMapper();
    long seq = 0;
    for (Committed committed : journal.facts()) {
      Fact fact = committed.fact();
      if (throughJson) {
        Fact read = reread(codec, json, seq++, fact);
        check(fact.equals(read), "not the same through JSON: " + fact + " and " + read);
        fact = read;
      }
      folded.apply(fact);
      folded.takeTouched();
    }
    check(
        Snapshot.of(folded).equals(Snapshot.of(live)),
        "folded " + Snapshot.of(folded) + " but lived in " + Snapshot.of(live));
  }

  /** Each row of the report follows from its signal's facts alone. */
  private void checkRows() {
    Map<UUID, List<RawFact>> facts = new HashMap<>();
    for (Committed committed : journal.facts()) {
      UUID signalId = committed.fact().signalId();
      if (signalId != null && SIGNAL_FOLD.kinds().contains(FactCodec.kindOf(committed.fact()))) {
        List<RawFact> own = facts.computeIfAbsent(signalId, id -> new ArrayList<>());
        own.add(raw(CODEC, JSON, own.size(), committed.fact()));
      }
    }
    facts.forEach(
        (signalId, own) -> {
          SignalSummary folded = SIGNAL_FOLD.fold(own).orElse(null);
          SignalSummary row = journal.summaries().get(signalId);
          check(
              folded != null && row != null && row.differencesFrom(folded).isEmpty(),
              "signal " + signalId + ": the report says " + row + ", its facts say " + folded);
        });
  }

  static Fact reread(FactCodec codec, ObjectMapper json, long seq, Fact fact) {
    return codec.decode(raw(codec, json, seq, fact)).orElseThrow();
  }

  static RawFact raw(FactCodec codec, ObjectMapper json, long seq, Fact fact) {
    JournalEntry entry = codec.encode(new Recorded(fact, null));
    try {
      byte[] whole = json.writeValueAsBytes(json.createObjectNode().set("body", entry.body()));
      return new RawFact(seq, entry.kind(), whole);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
