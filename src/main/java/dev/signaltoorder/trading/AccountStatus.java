package dev.signaltoorder.trading;

import dev.signaltoorder.risk.RuleSet;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How an account stands, for operators.
 *
 * @param tradingState ACTIVE, ENTRIES_HALTED, HALTED or NOT_ARMED
 * @param reason why not ACTIVE, or null
 * @param positions pair to strategy to base units
 * @param protections what is looked after, and how
 * @param ordersByState how many live orders are in each state
 * @param marketConditions pairs whose market is thin or spikes
 * @param exchange how Kraken looks from this account
 * @param invariantViolations how often something was seen that must never be, of all time
 * @param keyWarnings what the key check found worth a warning
 * @param proposal rules that wait for a second operator, or null
 * @param scheduled rules that wait for their time, or null
 * @param waitingActs what one operator has asked for and another one must ask for as well
 * @param silentSources sources that should send, and have not for too long
 * @param orders live orders, those that need a person first; at most 200, up to a second old
 * @param limits how much of the active rules' limits is used; up to a second old
 */
public record AccountStatus(
    String account,
    String mode,
    String tradingState,
    @Nullable String reason,
    boolean armed,
    long facts,
    long intents,
    long ordersSent,
    int undecidedSignals,
    int waitingMessages,
    Map<String, Integer> ordersByState,
    Map<String, Map<String, BigDecimal>> positions,
    List<ProtectionStatus> protections,
    List<ConditionStatus> marketConditions,
    ExchangeStatus exchange,
    long invariantViolations,
    List<String> keyWarnings,
    @Nullable RuleSet rules,
    @Nullable RuleProposal proposal,
    @Nullable RuleSet scheduled,
    List<ConductFact.ActProposed> waitingActs,
    List<String> silentSources,
    List<OrderStatus> orders,
    List<LimitUsage> limits) {

  public AccountStatus {
    // What another process told before it knew of them.
    waitingActs = waitingActs == null ? List.of() : waitingActs;
    orders = orders == null ? List.of() : orders;
    limits = limits == null ? List.of() : limits;
  }

  static AccountStatus of(
      String account,
      AccountState state,
      int waitingMessages,
      ExchangeStatus exchange,
      Overview overview,
      Instant now) {
    Map<String, Integer> byState = new java.util.TreeMap<>();
    for (Order order : state.liveOrders().values()) {
      byState.merge(order.state().getClass().getSimpleName(), 1, Integer::sum);
    }
    Fact.KeyChecked check = state.keyCheck();
    return new AccountStatus(
        account,
        state.mode(),
        AccountViews.tradingState(state).name(),
        AccountViews.tradingStateReason(state),
        state.armed(),
        state.factCount(),
        state.tallies().intents(),
        state.tallies().ordersSent(),
        state.undecided().size(),
        waitingMessages,
        byState,
        state.positions().all(),
        ProtectionStatus.of(state),
        ConditionStatus.of(state),
        exchange,
        state.tallies().violations(),
        check == null ? List.of() : check.warnings(),
        state.ruleBook().active(),
        state.ruleBook().proposal(),
        state.ruleBook().scheduled(),
        state.waitingActs().inTime(now),
        List.copyOf(state.track().senders().silent()),
        overview.orders(),
        overview.limits());
  }
}
