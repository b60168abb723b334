package dev.signaltoorder.trading;

import dev.signaltoorder.kraken.Answer;
import dev.signaltoorder.kraken.OrderInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Settles orders that may exist at Kraken. Never sends. An order is believed absent only after
 * several clean look-ups, in open and closed orders, all begun well past the deadline after which
 * Kraken itself would have refused it; one empty answer proves nothing, because a fresh order can
 * be invisible for a while and a market order is open for an instant only. "Well past" is measured
 * both by the clock and in {@link SteadyTime} since this process first saw the order: a stepped
 * clock alone never makes silence final. Patience with an order that cannot be settled ends after a
 * time in one process, or after so many attempts in all of them.
 */
final class Doubts {
  private final AccountState state;
  private final CorePolicy policy;
  private final Tripwire tripwire;
  private final Map<UUID, Inquiry> inquiries = new HashMap<>();
  private final LookUpRounds rounds;
  private @Nullable String denied;
  private @Nullable Instant lastTick;

  /** Far more than lies between two ticks, even after a standstill of the process. */
  private static final Duration STANDSTILL = Duration.ofSeconds(30);

  /**
   * What this process did about an order. Times are steady.
   *
   * @param since when it first saw it unsettled
   * @param nextAt from when on an answer counts again
   * @param asked it was asked about before
   * @param agreeing clean look-ups that prove absence
   */
  record Inquiry(Instant since, Instant nextAt, boolean asked, int agreeing) {}

  Doubts(AccountState state, CorePolicy policy, Tripwire tripwire, LongSupplier numbers) {
    this.state = state;
    this.policy = policy;
    this.tripwire = tripwire;
    this.rounds = new LookUpRounds(policy, inquiries, numbers);
  }

  /** Asks where it is time to, and gives up to a person what could not be settled. */
  void tick(Step step, Instant now) {
    inquiries.keySet().removeIf(orderId -> !isUnsettled(state.liveOrders().get(orderId)));
    forgiveStandstill(now);
    for (Order order : List.copyOf(state.liveOrders().values())) {
      if (!isUnsettled(order)) {
        continue;
      }
      Inquiry inquiry =
          inquiries.computeIfAbsent(order.orderId(), id -> new Inquiry(now, now, false, 0));
      if (order.state() instanceof OrderState.Intended) {
        doubtLostAnswer(order, inquiry, step, now);
      } else if (order.state() instanceof OrderState.InDoubt doubt) {
        quarantineIfOverdue(order, doubt, inquiry, step, now);
      }
    }
    rounds.ask(state.liveOrders().values(), step, now);
  }

  /** A time in which nothing could be asked (a lockout) does not count as patience. */
  private void forgiveStandstill(Instant now) {
    Duration gap = lastTick == null ? Duration.ZERO : Duration.between(lastTick, now);
    lastTick = now;
    if (gap.compareTo(STANDSTILL) > 0) {
      inquiries.replaceAll(
          (id, i) -> new Inquiry(i.since().plus(gap), i.nextAt(), i.asked(), i.agreeing()));
    }
  }

  private static boolean isUnsettled(@Nullable Order order) {
    return order != null && order.txid().isEmpty();
  }

  private static void doubtLostAnswer(Order order, Inquiry inquiry, Step step, Instant now) {
    Duration patience = toDeadline(order).plus(Question.LOST_AFTER);
    if (!now.isBefore(inquiry.since().plus(patience))) {
      step.record(
          new Fact.OrderInDoubt(
              order.orderId(), order.signalId(), "the call to AddOrder never came to an end"));
    }
  }

  private void quarantineIfOverdue(
      Order order, OrderState.InDoubt doubt, Inquiry inquiry, Step step, Instant now) {
    Duration patience = toDeadline(order).plus(policy.quarantineAfter());
    boolean longHere = now.isAfter(inquiry.since().plus(patience));
    // Counted in the journal: a process that restarts every few minutes must not be patient for
    // ever, and no clock can make this number jump.
    int tries = state.searches().tries(order.orderId());
    boolean oftenInAll = tries > policy.mostTries() && inquiry.agreeing() == 0;
    if (!longHere && !oftenInAll) {
      return;
    }
    String blind = blindness();
    String why =
        blind != null
            ? blind + ", so silence proves nothing"
            : tries + " attempts could not settle whether the order exists (" + doubt.cause() + ")";
    quarantine(order, why, step);
  }

  private static void quarantine(Order order, String why, Step step) {
    step.record(new Fact.OrderQuarantined(order.orderId(), order.signalId(), why));
    step.effect(new Effect.Alarm("order " + order.orderId() + " is quarantined: " + why));
  }

  /**
   * A look-up came back.
   *
   * @return the orders whose silence counts; none if this does not answer the question that is out:
   *     it may find an order then, but proves no absence
   */
  LookUpRounds.Counting over(Message.LookedUp message, Instant now) {
    noteDenial(message.findings());
    return rounds.over(message, now);
  }

  /**
   * What the look-up says about one of the orders.
   *
   * @return the order as Kraken shows it, if it does
   */
  @Nullable OrderInfo judge(
      Order order, Findings findings, LookUpRounds.Counting counting, Step step, Instant now) {
    List<OrderInfo> shown = Shown.of(order, findings);
    Violation wrong = Shown.wrong(order, shown);
    if (wrong != null) {
      tripwire.trip(wrong, step);
      giveUp(order, wrong.detail(), step);
    } else if (!shown.isEmpty()) {
      return shown.getFirst();
    }
    Inquiry before = inquiries.get(order.orderId());
    if (before == null || !counting.orderIds().contains(order.orderId())) {
      return null;
    }
    boolean silent = Shown.isSilent(order, findings);
    if (findings.answered() && shown.isEmpty() && !silent) {
      rounds.askForEach();
    }
    boolean proof = silent && provesAbsence(order, before, counting.askedAt(), findings);
    int agreeing = before.agreeing() + (proof ? 1 : 0);
    Instant nextAt = now.plus(policy.lookUpEvery());
    inquiries.put(order.orderId(), new Inquiry(before.since(), nextAt, true, agreeing));
    if (order.state() instanceof OrderState.InDoubt doubt
        && proof
        && agreeing >= policy.agreeingLookUps()
        && blindness() == null) {
      // What was quarantined once is settled by a person, or by Kraken showing the order: not by
      // silence.
      step.record(
          new Fact.OrderNotPlaced(
              order.orderId(),
              order.signalId(),
              agreeing
                  + " look-ups in open and closed orders after the deadline all show no such order"
                  + " (first: "
                  + doubt.cause()
                  + ")",
              true));
    }
    return null;
  }

  /** Kraken shows what cannot be: neither adopted nor believed absent. */
  private void giveUp(Order order, String why, Step step) {
    switch (order.state()) {
      case OrderState.Intended intended -> {
        step.record(new Fact.OrderInDoubt(order.orderId(), order.signalId(), why));
        quarantine(order, why, step);
      }
      case OrderState.InDoubt doubt -> quarantine(order, why, step);
      default -> {
        // Adopted, or quarantined, before: the account is halted, a person must look.
      }
    }
  }

  /** Begun when Kraken could no longer have accepted the order. */
  private boolean provesAbsence(Order order, Inquiry inquiry, Instant askedAt, Findings findings) {
    Instant byClock = order.intent().deadline().plus(policy.silenceFinalAfter());
    Instant bySteadyTime = inquiry.since().plus(toDeadline(order)).plus(policy.silenceFinalAfter());
    return !askedAt.isBefore(bySteadyTime) && !findings.open().call().startedAt().isBefore(byClock);
  }

  /** How long after its approval Kraken may still take it; however the clock was stepped since. */
  private static Duration toDeadline(Order order) {
    return Duration.between(order.intent().approvedAt(), order.intent().deadline());
  }

  private void noteDenial(Findings findings) {
    String now = denial(findings.open());
    for (Answer<?> page : findings.closed()) {
      now = now == null ? denial(page) : now;
    }
    if (now != null || findings.answered()) {
      denied = now;
    }
  }

  private static @Nullable String denial(Answer<?> answer) {
    return answer instanceof Answer.Failure<?> failure
            && failure.fromKraken()
            && failure.error().startsWith("EGeneral:Permission denied")
        ? "Kraken denies the look-up " + failure.call().endpoint() + " (" + failure.error() + ")"
        : null;
  }

  /** Why an order could exist and not be shown to us; null while nothing speaks for it. */
  @Nullable String blindness() {
    Fact.KeyChecked check = state.keyCheck();
    if (denied != null) {
      return denied;
    }
    if (check == null) {
      return "what the reading key may see was not checked yet";
    }
    return check.historyLimited()
        ? "the reading key sees only a window of time, or not all orders"
        : null;
  }
}
