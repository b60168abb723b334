package dev.signaltoorder.trading;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * When Kraken is asked about orders that are in doubt, and for how many at once. One question is
 * out at a time; it is about all of them, so that many cost no more calls than two. One alone is
 * asked for by its id. Where the account has closed too many orders to read them all, each is asked
 * for by its id, in turn.
 *
 * <p>Rounds keep a pause that grows while they fail. An order that was never asked about does not
 * wait for the next round; the others gain nothing by that but the chance to be found.
 */
final class LookUpRounds {
  /** Pauses between look-ups that fail grow up to this, or the normal pause if that is longer. */
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(60);

  /** A person was told of these already, and silence says nothing about them. */
  private static final Duration QUARANTINED_EVERY = Duration.ofSeconds(30);

  /**
   * Whose silence a question counts for.
   *
   * @param askedAt steady
   */
  record Counting(Instant askedAt, Set<UUID> orderIds) {
    static final Counting NONE = new Counting(Instant.EPOCH, Set.of());
  }

  /**
   * The question that is out.
   *
   * @param round it came when a round was due
   * @param doubts it is about orders in doubt, not about a quarantined one only
   */
  private record Out(long number, Counting counting, boolean round, boolean doubts) {}

  private final CorePolicy policy;
  private final Map<UUID, Doubts.Inquiry> inquiries;
  private final LongSupplier numbers;
  private @Nullable Out out;
  private Instant nextRoundAt = Instant.EPOCH;
  private Instant nextQuarantinedAt = Instant.EPOCH;
  private int failing;
  private boolean oneByOne;

  LookUpRounds(CorePolicy policy, Map<UUID, Doubts.Inquiry> inquiries, LongSupplier numbers) {
    this.policy = policy;
    this.inquiries = inquiries;
    this.numbers = numbers;
  }

  /** A question for all would not be read to its end. */
  void askForEach() {
    oneByOne = true;
  }

  void ask(Collection<Order> live, Step step, Instant now) {
    Out before = out;
    if (before != null && now.isBefore(before.counting().askedAt().plus(Question.LOST_AFTER))) {
      return;
    }
    List<Order> doubts =
        live.stream().filter(order -> order.state() instanceof OrderState.InDoubt).toList();
    List<Order> quarantined =
        live.stream().filter(order -> order.state() instanceof OrderState.Quarantined).toList();
    oneByOne &= doubts.size() > 1;
    List<Order> due = doubts.stream().filter(order -> isDue(order, now)).toList();
    boolean round = !now.isBefore(nextRoundAt);
    boolean early = due.stream().anyMatch(order -> !inquiry(order).asked());
    if (!due.isEmpty() && (round || early || (oneByOne && failing == 0))) {
      askForDoubts(doubts, due, quarantined, round, step, now);
    } else if (!quarantined.isEmpty() && !now.isBefore(nextQuarantinedAt)) {
      Order next = longestUnasked(quarantined);
      send(
          List.of(next),
          Search.of(next),
          new HashSet<>(Set.of(next.orderId())),
          false,
          false,
          step,
          now);
    }
  }

  private void askForDoubts(
      List<Order> doubts,
      List<Order> due,
      List<Order> quarantined,
      boolean round,
      Step step,
      Instant now) {
    if (doubts.size() == 1 || oneByOne) {
      Order next = longestUnasked(due);
      send(
          List.of(next),
          Search.of(next),
          new HashSet<>(Set.of(next.orderId())),
          round,
          true,
          step,
          now);
      return;
    }
    Set<UUID> counting = new HashSet<>();
    due.forEach(order -> counting.add(order.orderId()));
    // Quarantined ones cost nothing here: they may be found.
    List<Order> all = new ArrayList<>(doubts);
    all.addAll(quarantined);
    send(all, Search.coveringAll(doubts), counting, round, true, step, now);
  }

  private void send(
      List<Order> orders,
      Search search,
      Set<UUID> counting,
      boolean round,
      boolean doubts,
      Step step,
      Instant now) {
    long number = numbers.getAsLong();
    out = new Out(number, new Counting(now, Set.copyOf(counting)), round, doubts);
    for (UUID orderId : counting) {
      inquiries.computeIfPresent(
          orderId, (id, i) -> new Doubts.Inquiry(i.since(), i.nextAt(), true, i.agreeing()));
    }
    step.effect(new Effect.LookUp(number, orders.stream().map(Order::orderId).toList(), search));
  }

  private Doubts.Inquiry inquiry(Order order) {
    Doubts.Inquiry inquiry = inquiries.get(order.orderId());
    return inquiry == null ? new Doubts.Inquiry(Instant.EPOCH, Instant.EPOCH, false, 0) : inquiry;
  }

  private boolean isDue(Order order, Instant now) {
    return !now.isBefore(inquiry(order).nextAt());
  }

  private Order longestUnasked(List<Order> orders) {
    return orders.stream()
        .min(Comparator.comparing((Order order) -> inquiry(order).nextAt()))
        .orElseThrow();
  }

  /** A look-up came back; perhaps not the one that is out. */
  Counting over(Message.LookedUp message, Instant now) {
    Out answered = out;
    if (answered == null || answered.number() != message.number()) {
      return Counting.NONE;
    }
    out = null;
    failing = message.findings().answered() ? 0 : failing + 1;
    if (answered.doubts() && (answered.round() || failing > 0)) {
      nextRoundAt = now.plus(pause(policy.lookUpEvery()));
    } else if (!answered.doubts()) {
      nextQuarantinedAt = now.plus(pause(QUARANTINED_EVERY));
    }
    return answered.counting();
  }

  private Duration pause(Duration usual) {
    Duration longest = usual.compareTo(LONGEST_PAUSE) > 0 ? usual : LONGEST_PAUSE;
    Duration pause = usual.multipliedBy(1L << Math.min(Math.max(failing - 1, 0), 6));
    return pause.compareTo(longest) < 0 ? pause : longest;
  }
}
