package dev.signaltoorder.trading;

import dev.signaltoorder.kraken.AssetBalance;
import dev.signaltoorder.risk.Decision;
import dev.signaltoorder.risk.RiskInput;
import dev.signaltoorder.risk.RuleSet;
import dev.signaltoorder.signal.FieldProblem;
import dev.signaltoorder.signal.Signal;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened on one account. The journal keeps all of them; the account's state is
 * their fold.
 */
public sealed interface Fact {

  /** The signal it belongs to, or null. */
  default @Nullable UUID signalId() {
    return null;
  }

  /** The order it belongs to, or null. */
  default @Nullable UUID orderId() {
    return null;
  }

  /**
   * A process took over the account.
   *
   * @param mode paper, validate or live
   * @param version of the program
   */
  record LoopStarted(UUID holder, long fencing, String mode, String version) implements Fact {}

  /** An authentic, valid signal was taken. Its raw body lies beside it. */
  record SignalReceived(
      UUID signalId,
      String source,
      String deliveryId,
      String bodySha256,
      Instant receivedAt,
      Signal signal)
      implements Fact {}

  /** An authentic delivery that was no valid signal. Its raw body lies beside it. */
  record SignalInvalid(
      UUID signalId,
      String source,
      String deliveryId,
      String bodySha256,
      Instant receivedAt,
      List<FieldProblem> problems)
      implements Fact {}

  /**
   * A delivery id came again with another body. {@code signalId} is the first one's. The other body
   * lies beside it.
   */
  record DeliveryConflict(
      UUID signalId, String source, String deliveryId, String bodySha256, Instant receivedAt)
      implements Fact {}

  /**
   * A public call whose answer fed a decision. The raw answer lies beside it.
   *
   * @param httpStatus null when no answer came
   */
  record MarketRead(
      UUID callId,
      String endpoint,
      String request,
      Instant startedAt,
      Instant finishedAt,
      @Nullable Integer httpStatus,
      String origin)
      implements Fact {}

  /**
   * The judgement on a signal, with all it was made from.
   *
   * @param outcome the signal's outcome as far as the decision settles it: PENDING when an order or
   *     a cancellation follows
   * @param input the whole input; {@code recentApprovals} is left empty, those are facts of their
   *     own
   */
  record SignalDecided(UUID signalId, String outcome, RiskInput input, Decision decision)
      implements Fact {}

  /** A CANCEL found orders to cancel. */
  record CancelWanted(UUID signalId, List<UUID> orderIds) implements Fact {}

  /** All orders a CANCEL was after have ended. */
  record CancelDone(UUID signalId) implements Fact {}

  /** An order shall be placed: committed before a byte goes out. */
  record OrderIntended(UUID orderId, UUID signalId, OrderIntent intent) implements Fact {}

  /**
   * A private call is over. The raw answer lies beside it.
   *
   * @param purpose add-order, amend, look-up (without an order: of all that are in doubt), watch,
   *     follow-up, cancel, balances, equity, fees, dead-mans-switch, key-check
   * @param outcome REPLY, NOT_SENT or NO_REPLY
   * @param httpStatus of a reply, else null
   * @param detail of a call without reply, else null
   */
  record KrakenCalled(
      UUID callId,
      @Nullable UUID signalId,
      @Nullable UUID orderId,
      String purpose,
      String endpoint,
      String request,
      @Nullable Long nonce,
      @Nullable String keyFingerprint,
      Instant startedAt,
      Instant finishedAt,
      String outcome,
      @Nullable Integer httpStatus,
      @Nullable String detail)
      implements Fact {}

  /**
   * Kraken has the order.
   *
   * @param how ANSWERED by AddOrder, FOUND by a look-up, SETTLED by an operator, or APPEARED though
   *     it was presumed absent
   * @param callId the call that showed it; null when an operator settled it
   */
  record OrderPlaced(UUID orderId, UUID signalId, String txid, String how, @Nullable UUID callId)
      implements Fact {}

  /** Kraken proved that it took no order. */
  record OrderRefused(UUID orderId, UUID signalId, String error) implements Fact {}

  /**
   * No order exists.
   *
   * @param presumed true when that is what silence or a person says, and no proof: Kraken is asked
   *     on for a while, and an order that appears all the same is adopted
   */
  record OrderNotPlaced(UUID orderId, UUID signalId, String proof, boolean presumed)
      implements Fact {}

  /**
   * Kraken was asked once more about an order that is presumed absent, and does not show it.
   *
   * @param check 1 for the first time
   * @param last true when it is not asked about any more
   */
  record OrderStillAbsent(UUID orderId, UUID signalId, int check, boolean last) implements Fact {}

  /** An order may exist: it will be looked up and never sent again. */
  record OrderInDoubt(UUID orderId, UUID signalId, String cause) implements Fact {}

  /** Look-ups could not settle it, or Kraken shows what cannot be: a person must. */
  record OrderQuarantined(UUID orderId, UUID signalId, String why) implements Fact {}

  /** More of an order was executed, as the call {@code callId} showed. */
  record OrderProgressed(UUID orderId, UUID signalId, Execution execution, UUID callId)
      implements Fact {}

  /**
   * Kraken says the order is finished, as the call {@code callId} showed.
   *
   * @param status closed, canceled or expired
   * @param reason Kraken's, or null
   */
  record OrderEnded(
      UUID orderId,
      UUID signalId,
      Execution execution,
      String status,
      @Nullable String reason,
      UUID callId)
      implements Fact {}

  /**
   * The account's balances.
   *
   * @param asOf how many facts the account had when they were asked for: what came later is not in
   *     them
   * @param balances asset id to balance
   * @param equity quote asset id to the account's equity in it
   */
  record BalancesRead(long asOf, Map<String, AssetBalance> balances, Map<String, BigDecimal> equity)
      implements Fact {}

  /**
   * What the account pays, as Kraken told it.
   *
   * @param currency of the volume
   * @param volume traded in 30 days
   * @param takerPercent per cent of an order's value, by Kraken's pair key
   * @param makerPercent the same for orders that rest
   */
  record FeesRead(
      String currency,
      BigDecimal volume,
      Map<String, BigDecimal> takerPercent,
      Map<String, BigDecimal> makerPercent)
      implements Fact {}

  /**
   * The key check's result: trading is refused while {@code refusals} is not empty.
   *
   * @param historyLimited the reading key sees only a window of time: silence proves nothing
   */
  record KeyChecked(
      String keyFingerprints, List<String> refusals, List<String> warnings, boolean historyLimited)
      implements Fact {}

  /** Calls are made with other keys from now on; fingerprints, with commas. */
  record KeysRotated(String from, String to) implements Fact {}

  /** The key files hold other keys, which are not used; {@code inUse} are. */
  record KeysNotRotated(String inUse, String reason) implements Fact {}

  /** The journal's checkpoints are signed with another key from here on; fingerprints. */
  record CheckpointKeyReplaced(String from, String to) implements Fact {}

  /** Other users or other secrets of a source are in force; {@code what} says whose. */
  record SecretsReplaced(String what, String from, String to) implements Fact {}

  /** Trading was halted. {@code scope}: ENTRIES, ALL or CANCEL_ALL. Older facts have no sweep. */
  record TradingHalted(String scope, String actor, String reason, Sweep sweep) implements Fact {

    public TradingHalted {
      sweep = sweep == null ? Sweep.ENTRIES : sweep;
    }
  }

  /**
   * Trading goes on.
   *
   * @param acceptedSurplus orders beyond the approvals: known, and from now on allowed for
   */
  record TradingResumed(String actor, String reason, long acceptedSurplus) implements Fact {}

  /**
   * Something is so that must never be. A halt follows.
   *
   * @param kind code of the {@link Invariant}
   * @param detail what was seen, with its numbers
   */
  record InvariantViolated(
      String kind, String detail, @Nullable UUID signalId, @Nullable UUID orderId)
      implements Fact {}

  /**
   * Kraken bars the account for a while, as the call {@code callId} showed: every call would
   * prolong it.
   *
   * @param until no private call before this instant
   */
  record AccountLockedOut(Instant until, UUID callId, String error) implements Fact {}

  /** An operator allowed live orders. */
  record AccountArmed(String actor) implements Fact {}

  /** An operator forbade live orders. */
  record AccountDisarmed(String actor) implements Fact {}

  /** Paper mode: an operator made the simulated exchange misbehave; {@code what} in plain words. */
  record DrillSet(String actor, String what) implements Fact {}

  /** A rule set took effect. */
  record RulesActivated(RuleSet ruleSet) implements Fact {}

  /** A rule set that may let more through waits for a second operator. */
  record RulesProposed(RuleProposal proposal) implements Fact {}

  /**
   * A proposed rule set waits no longer.
   *
   * @param how CONFIRMED, REJECTED or EXPIRED
   * @param actor who did it; empty when nobody did, as {@code reason} may be
   */
  record RulesProposalClosed(long version, String how, String actor, String reason)
      implements Fact {}

  /**
   * The folded state was saved, so that a start need not fold all facts.
   *
   * @param facts the first so many of the journal, folded by the program {@code version}
   * @param sha256 of the saved bytes, lower-case hex
   */
  record StateSaved(long facts, String version, String sha256) implements Fact {}

  /** About the protection of positions. */
  sealed interface OfProtection extends Fact permits ProtectionFact {}

  /** About the conduct of trading. */
  sealed interface OfConduct extends Fact permits ConductFact {}
}
