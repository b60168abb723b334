package dev.signaltoorder.trading;

import dev.signaltoorder.risk.AccountView.RecentApproval;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Approved orders as the limits count them: from the approval on, whatever becomes of them. Only
 * the proof that an order was not placed takes its amount back; it still counts as an approval for
 * throttles and duplicates.
 */
final class Approvals {
  private static final Duration REMEMBERED = Duration.ofHours(25);

  private final Deque<Approval> recent = new ArrayDeque<>();
  private final Map<String, BigDecimal> notionalToday = new HashMap<>();
  private final Set<UUID> released = new HashSet<>();
  private LocalDate today = LocalDate.EPOCH;

  private record Approval(UUID orderId, OrderIntent intent) {}

  void approved(UUID orderId, OrderIntent intent) {
    turnDay(intent.approvedAt());
    recent.addLast(new Approval(orderId, intent));
    if (dayOf(intent.approvedAt()).equals(today)) {
      notionalToday.merge(intent.quoteAsset(), intent.plan().notional(), BigDecimal::add);
    }
    while (!recent.isEmpty()
        && recent
            .getFirst()
            .intent()
            .approvedAt()
            .isBefore(intent.approvedAt().minus(REMEMBERED))) {
      released.remove(recent.removeFirst().orderId());
    }
  }

  /** It is proved that the order does not exist. */
  void provedAbsent(Order order) {
    if (dayOf(order.intent().approvedAt()).equals(today) && released.add(order.orderId())) {
      notionalToday.merge(
          order.intent().quoteAsset(), order.intent().plan().notional().negate(), BigDecimal::add);
    }
  }

  /** Approved notional of the UTC day of {@code now}, quote units. */
  BigDecimal notionalOf(String quoteAsset, Instant now) {
    turnDay(now);
    return dayOf(now).equals(today)
        ? notionalToday.getOrDefault(quoteAsset, BigDecimal.ZERO)
        : BigDecimal.ZERO;
  }

  /** Approvals within {@code window} before {@code now}, oldest first. */
  List<RecentApproval> within(Duration window, Instant now) {
    Instant from = now.minus(window);
    List<RecentApproval> result = new ArrayList<>();
    for (Approval approval : recent) {
      OrderIntent intent = approval.intent();
      if (!intent.approvedAt().isBefore(from)) {
        result.add(
            new RecentApproval(
                intent.strategy(),
                intent.plan().pair(),
                intent.plan().side(),
                intent.plan().volume(),
                intent.approvedAt()));
      }
    }
    return result;
  }

  /** Days only go forward: a clock that steps back does not reopen yesterday's allowance. */
  private void turnDay(Instant now) {
    LocalDate day = dayOf(now);
    if (day.isAfter(today)) {
      today = day;
      notionalToday.clear();
    }
  }

  private static LocalDate dayOf(Instant instant) {
    return LocalDate.ofInstant(instant, ZoneOffset.UTC);
  }
}
