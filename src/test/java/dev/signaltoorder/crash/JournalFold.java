package dev.signaltoorder.crash;

import dev.signaltoorder.crash.Evidence.Ask;
import dev.signaltoorder.crash.Evidence.Delivery;
import dev.signaltoorder.crash.Evidence.FactRow;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The positions and their stop-losses, by the journal's facts and the senders' own words, counted
 * once more. Pure, and uses nothing of the service.
 */
final class JournalFold {
  /** Kraken takes no order of less in BTC/USD, so less cannot be protected. */
  static final BigDecimal LEAST = new BigDecimal("0.00005");

  private final Map<String, Ask> asks = new HashMap<>();
  private final Map<String, Ask> bySignal = new HashMap<>();
  private final Map<String, FactRow> intents = new HashMap<>();
  private final Map<String, BigDecimal> executed = new HashMap<>();
  private final Map<String, BigDecimal> held = new TreeMap<>();
  private final Map<String, BigDecimal> stops = new TreeMap<>();
  private final List<String> problems = new ArrayList<>();

  private JournalFold(Evidence evidence) {
    asks.putAll(
        evidence.deliveries().stream().collect(Collectors.toMap(Delivery::id, Delivery::ask)));
    evidence.facts().forEach(this::apply);
  }

  static JournalFold of(Evidence evidence) {
    return new JournalFold(evidence);
  }

  private void apply(FactRow fact) {
    switch (fact.kind()) {
      case "signal-received" ->
          bySignal.put(fact.signalId(), asks.getOrDefault(fact.deliveryId(), Ask.NOTHING));
      case "order-intended" -> intended(fact);
      case "order-progressed", "order-ended" -> executed(fact);
      case "stop-moved" -> moved(fact);
      case "protection-ended" -> ended(fact);
      default -> {
        // Says nothing about what is held.
      }
    }
  }

  private Ask askOf(FactRow intent) {
    return bySignal.getOrDefault(intent.signalId(), Ask.NOTHING);
  }

  private void intended(FactRow intent) {
    intents.put(intent.orderId(), intent);
    if (!intent.isProtective()) {
      return;
    }
    FactRow entry = intents.get(intent.order().entryOrderId());
    boolean its =
        entry != null
            && !entry.isProtective()
            && position(entry).equals(position(intent))
            && askOf(entry).isSomething();
    if (!its) {
      problems.add("an order protects what no sender asked to protect: " + intent);
    }
    if (intent.order().role().equals("STOP") && !stops.containsKey(position(intent))) {
      problems.add("a stop was intended for a position without a stop-loss: " + intent);
    }
  }

  private void executed(FactRow fact) {
    FactRow intent = intents.get(fact.orderId());
    BigDecimal volume = fact.order().volume();
    if (intent == null || volume == null) {
      return;
    }
    BigDecimal before = executed.getOrDefault(fact.orderId(), BigDecimal.ZERO);
    BigDecimal more = volume.subtract(before);
    executed.put(fact.orderId(), volume);
    if (more.signum() == 0) {
      return;
    }
    boolean buys = intent.order().side().equals("BUY");
    held.merge(position(intent), buys ? more : more.negate(), BigDecimal::add);
    BigDecimal stop = askOf(intent).stopLoss();
    if (buys && stop != null) {
      // A later entry tightens, and never loosens.
      stops.merge(position(intent), stop, BigDecimal::max);
    }
  }

  private void moved(FactRow fact) {
    BigDecimal from = stops.get(position(fact));
    BigDecimal to = fact.order().movedTo();
    // The only price that moves a stop is the target's; what it moves, it moves up.
    if (from == null || to == null || to.compareTo(from) <= 0) {
      problems.add("a stop was moved that is not below, " + from + ": " + fact);
    } else if (to.compareTo(Senders.TRAILED) != 0) {
      problems.add("a stop was moved to where no price had been: " + fact);
    } else {
      stops.put(position(fact), to);
    }
  }

  private void ended(FactRow fact) {
    BigDecimal left = held.getOrDefault(position(fact), BigDecimal.ZERO);
    if (left.compareTo(LEAST) >= 0) {
      problems.add("protection ended while " + left + " was held: " + fact);
    }
    stops.remove(position(fact));
  }

  /** Account and strategy. */
  static String position(FactRow fact) {
    return fact.account() + " " + fact.order().strategy();
  }

  /** What the facts do not allow. */
  List<String> problems() {
    return problems;
  }

  /** Position to the trigger it is to have. */
  Map<String, BigDecimal> stops() {
    return stops;
  }

  /** Position to what is held, base units. */
  Map<String, BigDecimal> held() {
    return held;
  }

  /** Intents by order. */
  Map<String, FactRow> intents() {
    return intents;
  }
}
