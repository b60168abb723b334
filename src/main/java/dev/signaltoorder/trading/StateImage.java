package dev.signaltoorder.trading;

import dev.signaltoorder.journal.SignalSummary;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An account's whole state at one moment: values only, to be written down by another thread while
 * the state goes on. Made between commits, when no summary waits to be written. StateImageTest
 * finds whatever is missing here.
 *
 * @param undecided in the order of receipt
 * @param liveOrders in the order of their intents
 * @param cancels signal to the orders it still waits for
 * @param summaries rows of signals that are not finished
 * @param deliveries the latest ones, oldest first
 * @param positions pair to strategy to base units
 */
record StateImage(
    List<Fact.SignalReceived> undecided,
    List<Order> liveOrders,
    Map<UUID, List<UUID>> cancels,
    List<SignalSummary> summaries,
    List<Delivered> deliveries,
    List<String> quoteAssets,
    Map<String, Map<String, BigDecimal>> positions,
    Approvals.Image approvals,
    Holdings.Image holdings,
    FeeTiers.Image fees,
    Searches.Image searches,
    Tallies.Image tallies,
    Protections.Image protections,
    List<ConductFact.ConditionChanged> conditions,
    TrackRecord.Image track,
    RuleBook.Image ruleBook,
    List<ConductFact.ActProposed> waitingActs,
    Fact.@Nullable TradingHalted halt,
    Fact.@Nullable KeyChecked keyCheck,
    String mode,
    boolean armed,
    Fact.@Nullable AccountLockedOut lockout,
    long factCount) {

  /** Of a state that goes on changing. */
  static StateImage of(AccountState state) {
    if (state.tallies().hasAnomalies()) {
      throw new IllegalStateException("anomalies wait to be told");
    }
    Map<UUID, List<UUID>> cancels = new LinkedHashMap<>();
    state.cancels().forEach((id, orders) -> cancels.put(id, List.copyOf(orders)));
    return new StateImage(
        List.copyOf(state.undecided().values()),
        List.copyOf(state.liveOrders().values()),
        cancels,
        state.summaries().image(),
        state.deliveries().image(),
        List.copyOf(new TreeSet<>(state.quoteAssets())),
        state.positions().image(),
        state.approvals().image(),
        state.holdings().image(),
        state.fees().image(),
        state.searches().image(),
        state.tallies().image(),
        state.protections().image(),
        state.conditions().image(),
        state.track().image(),
        state.ruleBook().image(),
        state.waitingActs().image(),
        state.halt(),
        state.keyCheck(),
        state.mode(),
        state.armed(),
        state.lockout(),
        state.factCount());
  }

  /** The first delivery under a delivery id. */
  record Delivered(String source, String deliveryId, UUID signalId, String bodySha256) {}
}
