package dev.signaltoorder.trading;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a position is protected, for operators. Volumes in base units.
 *
 * @param stop the wanted trigger; null without a stop-loss
 * @param resting what rests at Kraken as a stop
 * @param state PROTECTED: a stop rests as wanted; CHANGING while the stop is being fitted; SELLING
 *     once it executes, or while other sells of all are out and no stop rests; TOO_SMALL: no stop
 *     rests, because Kraken takes none of so little; IMPOSSIBLE after too many failures; NONE
 *     without a stop-loss
 * @param targets take-profits of all entries, in the entries' order
 */
public record ProtectionStatus(
    String pair,
    String strategy,
    BigDecimal position,
    @Nullable BigDecimal stop,
    BigDecimal resting,
    String state,
    List<Target> targets) {

  public ProtectionStatus {
    // What another process told before it knew of them.
    targets = targets == null ? List.of() : targets;
  }

  /**
   * A take-profit.
   *
   * @param price at which it sells
   * @param volume of its entry that is to be sold once the price was here, with all levels below
   * @param sold of that entry at take-profits so far
   */
  public record Target(BigDecimal price, BigDecimal volume, BigDecimal sold) {

    /** Whether all of it is sold. */
    public boolean reached() {
      return volume.signum() > 0 && sold.compareTo(volume) >= 0;
    }

    private static List<Target> of(Guard guard) {
      List<Target> targets = new ArrayList<>();
      for (Guard.Entry entry : guard.entries()) {
        for (ProtectionFact.Level level : entry.levels()) {
          targets.add(
              new Target(level.price(), entry.bought().multiply(level.upTo()), entry.sold()));
        }
      }
      return targets;
    }
  }

  static List<ProtectionStatus> of(AccountState state) {
    List<ProtectionStatus> all = new ArrayList<>();
    for (Guard guard : state.protections().guards()) {
      Coverage coverage = Coverage.of(state, guard.symbol(), guard.strategy());
      BigDecimal resting =
          coverage.stops().stream()
              .filter(stop -> stop.state() instanceof OrderState.Open)
              .map(Order::unexecutedVolume)
              .reduce(BigDecimal.ZERO, BigDecimal::add);
      all.add(
          new ProtectionStatus(
              guard.symbol(),
              guard.strategy(),
              coverage.position(),
              guard.stop(),
              resting,
              word(state, guard, coverage, resting),
              Target.of(guard)));
    }
    return all;
  }

  private static String word(
      AccountState state, Guard guard, Coverage coverage, BigDecimal resting) {
    BigDecimal wanted = guard.stop();
    if (wanted == null) {
      return "NONE";
    }
    if (guard.failures().told()) {
      return "IMPOSSIBLE";
    }
    if (coverage.stops().stream().anyMatch(stop -> !stop.execution().isEmpty())) {
      return "SELLING";
    }
    BigDecimal desired = coverage.desired(guard);
    if (desired.signum() == 0 && coverage.stops().isEmpty()) {
      return coverage.sells().signum() > 0 ? "SELLING" : "TOO_SMALL";
    }
    boolean fits =
        resting.compareTo(desired) == 0
            && coverage.stops().stream()
                .noneMatch(
                    stop ->
                        state.protections().isUncertain(stop.orderId())
                            || stop.intent().plan().referencePrice().compareTo(wanted) != 0);
    return fits ? "PROTECTED" : "CHANGING";
  }
}
