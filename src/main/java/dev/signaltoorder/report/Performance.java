package dev.signaltoorder.report;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How signals were carried out and what came of them. Signals, slippage and times are those of
 * signals received from {@code from} until before {@code to}; money is that of fills recorded then.
 *
 * @param groupBy "source", "strategy" or "pair"
 * @param days realised result per UTC day and quote asset, oldest first, over all groups
 * @param rules what each rule cost or saved, or null when that was not asked for
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.ALWAYS)
record Performance(
    @JsonFormat(shape = JsonFormat.Shape.STRING) @Nullable Instant from,
    @JsonFormat(shape = JsonFormat.Shape.STRING) @Nullable Instant to,
    String groupBy,
    Group total,
    List<Group> groups,
    List<Day> days,
    @Nullable RuleCosts rules) {

  Performance {
    groups = List.copyOf(groups);
    days = List.copyOf(days);
  }

  /**
   * One source, strategy or pair; or all of them.
   *
   * @param name null where the signals have none, and for the total
   * @param signals taken, valid or not
   * @param refusals how many signals each reason stopped
   * @param orders that were to be placed for signals, without those of validate mode; stops and
   *     take-profits count in the money alone
   * @param ordersFilled of these, with any fill
   * @param fillRate ordersFilled by orders, four decimals, or null without orders
   * @param money by quote asset
   */
  @RegisterForReflection
  @JsonInclude(JsonInclude.Include.ALWAYS)
  record Group(
      @Nullable String name,
      long signals,
      Map<String, Long> outcomes,
      Map<String, Long> refusals,
      long orders,
      long ordersFilled,
      @Nullable String fillRate,
      Slippage slippageBps,
      Latency latencyMs,
      Map<String, Money> money) {}

  /**
   * In basis points of the first price, positive is worse for us.
   *
   * @param signalToSnapshot from the price that the signal named to the mid price at the decision
   * @param snapshotToFill from there to the average price of the fills
   * @param signalToFill the whole way
   */
  @RegisterForReflection
  record Slippage(Spread signalToSnapshot, Spread snapshotToFill, Spread signalToFill) {
    static final Slippage NONE = new Slippage(Spread.NONE, Spread.NONE, Spread.NONE);
  }

  /**
   * Where the time of a signal with an order went, milliseconds.
   *
   * @param sender from the signal's own time to its receipt; clocks may disagree
   * @param ours from receipt to approval
   * @param queue from approval to the first byte of AddOrder
   * @param kraken from there to the end of Kraken's answer
   */
  @RegisterForReflection
  record Latency(Spread sender, Spread ours, Spread queue, Spread kraken) {
    static final Latency NONE = new Latency(Spread.NONE, Spread.NONE, Spread.NONE, Spread.NONE);
  }

  /**
   * Sums over fills, in units of the quote asset, plain decimals as text.
   *
   * @param bought cost of what was bought, without fees
   * @param sold proceeds of what was sold, without fees
   * @param fees of both
   * @param realised proceeds less average cost and fees; what was never bought here has no cost
   *     that is known, so its sale counts as its fee alone
   * @param held what is held at the end of the time, at its average cost with fees
   * @param open worth of that at the last mid price a signal's order was decided at, less its cost;
   *     null when there is none for one of the pairs
   */
  @RegisterForReflection
  @JsonInclude(JsonInclude.Include.ALWAYS)
  record Money(
      String bought,
      String sold,
      String fees,
      String realised,
      String held,
      @Nullable String open) {}

  /** What one day earned. */
  @RegisterForReflection
  record Day(String day, Map<String, String> realised) {}
}
