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
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Approved orders as the limits count them: from the approval on, whatever becomes of them. Only
 * the proof that an order was not placed takes its amount back; it still counts as an approval for
 * throttles and duplicates.
 */
final class Approvals {
  private static final Duration REMEMBERED = Duration.ofHours(25);
  private static final int REMEMBERED_DAYS = 400;

  private final Deque<Approval> recent = new ArrayDeque<>();
  private final NavigableMap<LocalDate, Map<String, BigDecimal>> notionalByDay = new TreeMap<>();

  /** Everything, as values. {@code recent}: oldest first. */
  record Image(
      List<Approval> recent, NavigableMap<LocalDate, Map<String, BigDecimal>> notionalByDay) {}

  /** An approved order. */
  record Approval(UUID orderId, OrderIntent intent) {}

  void approved(UUID orderId, OrderIntent intent) {
    recent.addLast(new Approval(orderId, intent));
    add(intent, intent.plan().notional());
    // Several days, not one: a clock that steps back over midnight finds yesterday's sum again.
    while (notionalByDay.size() > REMEMBERED_DAYS) {
      notionalByDay.pollFirstEntry();
    }
    Instant oldest = intent.approvedAt().minus(REMEMBERED);
    while (!recent.isEmpty() && recent.getFirst().intent().approvedAt().isBefore(oldest)) {
      recent.removeFirst();
    }
  }

  /** It is proved that the order does not exist. */
  void provedAbsent(Order order) {
    if (notionalByDay.containsKey(dayOf(order.intent().approvedAt()))) {
      add(order.intent(), order.intent().plan().notional().negate());
    }
  }

  /** It does exist after all. */
  void provedPresent(Order order) {
    add(order.intent(), order.intent().plan().notional());
  }

  private void add(OrderIntent intent, BigDecimal notional) {
    notionalByDay
        .computeIfAbsent(dayOf(intent.approvedAt()), day -> new HashMap<>())
        .merge(intent.quoteAsset(), notional, BigDecimal::add);
  }

  /** Approved notional of the UTC day of {@code now}, quote units. */
  BigDecimal notionalOf(String quoteAsset, Instant now) {
    return notionalByDay
        .getOrDefault(dayOf(now), Map.of())
        .getOrDefault(quoteAsset, BigDecimal.ZERO);
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

  private static LocalDate dayOf(Instant instant) {
    return LocalDate.ofInstant(instant, ZoneOffset.UTC);
  }

  Image image() {
    NavigableMap<LocalDate, Map<String, BigDecimal>> byDay = new TreeMap<>();
    notionalByDay.forEach((day, byAsset) -> byDay.put(day, new HashMap<>(byAsset)));
    return new Image(List.copyOf(recent), byDay);
  }

  void restore(Image image) {
    recent.addAll(image.recent());
    image.notionalByDay().forEach((day, sums) -> notionalByDay.put(day, new HashMap<>(sums)));
  }
}
