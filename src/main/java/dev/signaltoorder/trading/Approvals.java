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
import java.util.Locale;
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

  /** Of sums by strategy and by source there are many; a clock that steps back finds these. */
  private static final int SENDER_DAYS = 3;

  private final Deque<Approval> recent = new ArrayDeque<>();

  /** The same, in the same order, as rules see them. */
  private final Deque<RecentApproval> shown = new ArrayDeque<>();

  private final NavigableMap<LocalDate, Map<String, BigDecimal>> notionalByDay = new TreeMap<>();
  private final NavigableMap<LocalDate, Map<String, BigDecimal>> ofSenders = new TreeMap<>();

  /** Everything, as values. {@code recent}: oldest first. */
  record Image(
      List<Approval> recent,
      NavigableMap<LocalDate, Map<String, BigDecimal>> notionalByDay,
      NavigableMap<LocalDate, Map<String, BigDecimal>> ofSenders) {}

  /** An approved order. */
  record Approval(UUID orderId, OrderIntent intent) {}

  void approved(UUID orderId, OrderIntent intent) {
    remember(new Approval(orderId, intent));
    add(intent, intent.plan().notional());
    // Several days, not one: a clock that steps back over midnight finds yesterday's sum again.
    while (notionalByDay.size() > REMEMBERED_DAYS) {
      notionalByDay.pollFirstEntry();
    }
    Instant oldest = intent.approvedAt().minus(REMEMBERED);
    while (!recent.isEmpty() && recent.getFirst().intent().approvedAt().isBefore(oldest)) {
      recent.removeFirst();
      shown.removeFirst();
    }
  }

  private void remember(Approval approval) {
    OrderIntent intent = approval.intent();
    recent.addLast(approval);
    shown.addLast(
        new RecentApproval(
            intent.strategy(),
            intent.plan().pair(),
            intent.plan().side(),
            intent.plan().volume(),
            intent.approvedAt(),
            intent.asked()));
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
    Map<String, BigDecimal> senders =
        ofSenders.computeIfAbsent(dayOf(intent.approvedAt()), day -> new HashMap<>());
    senders.merge(strategyKey(intent.strategy(), intent.quoteAsset()), notional, BigDecimal::add);
    if (intent.source() != null) {
      senders.merge(sourceKey(intent.source(), intent.quoteAsset()), notional, BigDecimal::add);
    }
    while (ofSenders.size() > SENDER_DAYS) {
      ofSenders.pollFirstEntry();
    }
  }

  /** An asset has no space in it: no two names meet in one key. Letter case does not count. */
  private static String strategyKey(String strategy, String quoteAsset) {
    return quoteAsset + " strategy " + strategy.toUpperCase(Locale.ROOT);
  }

  private static String sourceKey(String source, String quoteAsset) {
    return quoteAsset + " source " + source.toUpperCase(Locale.ROOT);
  }

  /** The strategy's part of {@link #notionalOf}. */
  BigDecimal ofStrategy(String strategy, String quoteAsset, Instant now) {
    return ofSender(strategyKey(strategy, quoteAsset), now);
  }

  /** The source's part of {@link #notionalOf}. */
  BigDecimal ofSource(String source, String quoteAsset, Instant now) {
    return ofSender(sourceKey(source, quoteAsset), now);
  }

  private BigDecimal ofSender(String key, Instant now) {
    return ofSenders.getOrDefault(dayOf(now), Map.of()).getOrDefault(key, BigDecimal.ZERO);
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
    List<RecentApproval> result = new ArrayList<>(shown.size());
    for (RecentApproval approval : shown) {
      if (!approval.approvedAt().isBefore(from)) {
        result.add(approval);
      }
    }
    return result;
  }

  private static LocalDate dayOf(Instant instant) {
    return LocalDate.ofInstant(instant, ZoneOffset.UTC);
  }

  Image image() {
    return new Image(List.copyOf(recent), copy(notionalByDay), copy(ofSenders));
  }

  private static NavigableMap<LocalDate, Map<String, BigDecimal>> copy(
      Map<LocalDate, Map<String, BigDecimal>> sums) {
    NavigableMap<LocalDate, Map<String, BigDecimal>> copy = new TreeMap<>();
    sums.forEach((day, each) -> copy.put(day, new HashMap<>(each)));
    return copy;
  }

  void restore(Image image) {
    image.recent().forEach(this::remember);
    notionalByDay.putAll(copy(image.notionalByDay()));
    ofSenders.putAll(copy(image.ofSenders()));
  }
}
