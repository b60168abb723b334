package dev.signaltoorder.trading;

import dev.signaltoorder.risk.RuleSet;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Something that was seen or arranged about the conduct of trading, beside signals and orders. */
public sealed interface ConductFact extends Fact.OfConduct {

  /**
   * An operator asked what a halt would do; nothing was halted.
   *
   * @param scope ENTRIES, ALL or CANCEL_ALL
   * @param heldBack approved orders that would not be sent any more, unless they have begun
   * @param canceled open orders that would be cancelled, and orders in doubt, once they are found
   * @param kept orders that would stay as they are
   * @param waiting signals that are not decided yet, and would be judged under the halt
   * @param sweep what CANCEL_ALL would cancel beside open entries
   */
  record HaltRehearsed(
      String scope,
      String actor,
      String reason,
      List<UUID> heldBack,
      List<UUID> canceled,
      List<UUID> kept,
      int waiting,
      Sweep sweep)
      implements ConductFact {

    public HaltRehearsed {
      heldBack = List.copyOf(heldBack);
      canceled = List.copyOf(canceled);
      kept = List.copyOf(kept);
      sweep = sweep == null ? Sweep.ENTRIES : sweep;
    }
  }

  /**
   * An operator looked at Kraken and settled a quarantined order. What follows from it, placed or
   * not placed, is the next fact.
   *
   * @param txid the order that the operator found there; null when there is none
   */
  record OrderSettled(
      UUID orderId, UUID signalId, String actor, String reason, @Nullable String txid)
      implements ConductFact {}

  /**
   * A source that should send has sent no signal for too long. Told once, until it sends again.
   *
   * @param lastAt receipt of its last signal; null when it never sent one
   * @param allowedSeconds the longest silence it is allowed
   */
  record SourceSilent(String source, @Nullable Instant lastAt, int allowedSeconds)
      implements ConductFact {}

  /**
   * The market of a pair is in another condition.
   *
   * @param measure what {@code value} and {@code limit} are: spread-bps (basis points), depth
   *     (quote units), move-percent (of the mid within a minute), calm-seconds
   * @param mid of the snapshot {@code snapshotId}, in quote units
   */
  record ConditionChanged(
      String pair,
      MarketCondition from,
      MarketCondition to,
      String measure,
      BigDecimal value,
      BigDecimal limit,
      BigDecimal mid,
      UUID snapshotId,
      Instant pricesTakenAt,
      String text)
      implements ConductFact {}

  /**
   * What positions were valued at where no decision says so: when a loss limit was seen crossed,
   * and when a person resumed.
   */
  record PositionsMarked(List<Mark> marks) implements ConductFact {

    public PositionsMarked {
      marks = List.copyOf(marks);
    }
  }

  /**
   * One price.
   *
   * @param mid quote units, of the snapshot {@code snapshotId}
   */
  record Mark(String pair, BigDecimal mid, Instant takenAt, UUID snapshotId) {}

  /**
   * A loss limit that can halt is crossed, and a person was told or has resumed knowing it: nothing
   * halts for it again until a signal does, or as {@link CrossedLimits} says.
   *
   * @param rule its code
   * @param of the quote asset, or the pair
   * @param text the rule's sentence, with both numbers
   */
  record LossLimitCrossed(String rule, String of, Instant at, String text) implements ConductFact {}

  /**
   * An operator asked for something that another operator must ask for as well.
   *
   * @param act RESUME, ARM or SETTLE
   * @param of what it is about: of SETTLE the order and what it is at Kraken; else empty
   * @param reason empty where none is asked for
   * @param expiresAt after this moment it waits no longer
   */
  record ActProposed(String act, String of, String actor, String reason, Instant expiresAt)
      implements ConductFact {}

  /**
   * Another operator asked for the same. What follows from it is the next fact.
   *
   * @param proposedBy who asked first
   * @param actor who asked last
   */
  record ActConfirmed(String act, String of, String proposedBy, String actor)
      implements ConductFact {}

  /** A rule set waits for its time, {@link RuleSet#activeFrom()}. */
  record RulesScheduled(RuleSet ruleSet) implements ConductFact {}

  /**
   * The service shows another certificate; fingerprints are SHA-256 of certificates. {@code what}:
   * {@code tls} and the name of the TLS configuration.
   */
  record CertificateReplaced(String what, String from, String to, String subject, Instant notAfter)
      implements ConductFact {}
}
