package dev.signaltoorder.trading;

import dev.signaltoorder.market.PairRules;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Something that happened to the protection of a position. */
public sealed interface ProtectionFact extends Fact.OfProtection {

  /**
   * An entry shall be protected from its first fill on.
   *
   * @param orderId the entry
   * @param pair as Kraken had it then
   * @param stop the stop-loss, on the tick; null when the signal names none
   * @param levels take-profits, lowest first
   */
  record Wanted(
      UUID orderId,
      UUID signalId,
      String strategy,
      PairRules pair,
      @Nullable BigDecimal stop,
      List<Level> levels)
      implements ProtectionFact {

    public Wanted {
      levels = List.copyOf(levels);
    }
  }

  /**
   * A take-profit.
   *
   * @param price on the tick
   * @param upTo share of the entry that is sold once the price is here, with all levels below; in
   *     (0, 1]
   */
  record Level(BigDecimal price, BigDecimal upTo) {}

  /** The position is gone, or too small for any order: nothing is left to protect. */
  record Ended(UUID signalId, String pair, String strategy, String why) implements ProtectionFact {}

  /**
   * Part of a position, or all of it, could not be protected in the attempts allowed; or its stop
   * could not be changed.
   *
   * @param unprotected base units; 0 when a stop rests for all of it, but not where it shall be
   */
  record Failed(UUID signalId, String pair, String strategy, BigDecimal unprotected, String why)
      implements ProtectionFact {}

  /** The stop of a position shall be elsewhere: only ever higher. */
  record StopMoved(UUID signalId, String pair, String strategy, BigDecimal stop, String why)
      implements ProtectionFact {}

  /**
   * Kraken takes other prices or sizes in the pair than the position's orders were made for.
   *
   * @param pair its symbol
   * @param rules as Kraken has them now
   * @param stop the wanted trigger on the new tick, never lower than before; null without one
   */
  record PairChanged(
      UUID signalId, String pair, String strategy, PairRules rules, @Nullable BigDecimal stop)
      implements ProtectionFact {}

  /**
   * The price is at a take-profit: a sell follows.
   *
   * @param orderId the entry whose level it is
   * @param bid best bid of the snapshot {@code snapshotId}
   */
  record TargetReached(
      UUID orderId,
      UUID signalId,
      Level level,
      BigDecimal bid,
      UUID snapshotId,
      Instant pricesTakenAt)
      implements ProtectionFact {}

  /**
   * A resting stop shall be changed: committed before a byte goes out.
   *
   * @param volume the whole new volume, base units
   * @param stop the new trigger
   * @param deadline Kraken must refuse the change after this instant
   */
  record AmendWanted(
      UUID orderId, UUID signalId, BigDecimal volume, BigDecimal stop, Instant deadline, String why)
      implements ProtectionFact {}

  /**
   * A resting stop is changed.
   *
   * @param volume what counts as ordered from here on, base units: never less than is known to be
   *     sold by then
   * @param stop null when only the volume is known
   * @param how ANSWERED by AmendOrder, or SHOWN by the order itself
   */
  record Amended(
      UUID orderId,
      UUID signalId,
      BigDecimal volume,
      @Nullable BigDecimal stop,
      String how,
      UUID callId)
      implements ProtectionFact {}

  /**
   * A change was not made, or nobody knows.
   *
   * @param unknown true when it may have been made all the same: it is wanted again
   */
  record AmendFailed(UUID orderId, UUID signalId, String error, boolean unknown)
      implements ProtectionFact {}

  /**
   * A sell waits until the stop has let go of the coins; it has certainly not been sent.
   *
   * @param position what the strategy held then, base units
   * @param sendBefore it is not sent after this instant
   */
  record SellHeld(UUID orderId, UUID signalId, BigDecimal position, Instant sendBefore)
      implements ProtectionFact {}

  /** The stop has let go: the sell may go out. */
  record SellReleased(UUID orderId, UUID signalId) implements ProtectionFact {}
}
