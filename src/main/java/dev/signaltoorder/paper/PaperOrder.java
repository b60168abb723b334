package dev.signaltoorder.paper;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An order in the simulated book, open or done.
 *
 * @param txid order id, "OABCDE-FGHIJ-KLMNOP"
 * @param account whose order it is
 * @param terms what was ordered
 * @param trigger what it waits for, as it is now; null if it never waited
 * @param status open, closed (fully executed), canceled or expired (both maybe partly executed)
 * @param reason why it ended, or null
 * @param volumeExecuted base units
 * @param cost executed, quote units
 * @param fee quote units
 * @param openedAt UTC, microseconds
 * @param amendedAt UTC, microseconds; null if never amended
 * @param closedAt UTC, microseconds; null while open
 * @param visibleFrom before this instant no query shows it
 * @param trades ids of its fills, in order
 */
public record PaperOrder(
    String txid,
    String account,
    OrderTerms terms,
    @Nullable OrderTrigger trigger,
    OrderStatus status,
    @Nullable String reason,
    BigDecimal volumeExecuted,
    BigDecimal cost,
    BigDecimal fee,
    Instant openedAt,
    @Nullable Instant amendedAt,
    @Nullable Instant closedAt,
    Instant visibleFrom,
    List<String> trades) {

  static PaperOrder opened(
      String txid, String account, OrderTerms terms, Instant now, Instant visibleFrom) {
    Instant startsAt = terms.timing().startsAt();
    return new PaperOrder(
        txid,
        account,
        terms,
        terms.trigger(),
        startsAt != null && startsAt.isAfter(now) ? OrderStatus.PENDING : OrderStatus.OPEN,
        null,
        BigDecimal.ZERO,
        BigDecimal.ZERO,
        BigDecimal.ZERO,
        now,
        null,
        null,
        visibleFrom,
        List.of());
  }

  /** {@code cl_ord_id}, or null. */
  public @Nullable String clientOrderId() {
    return terms.clientOrderId();
  }

  /** Base units still to be executed. */
  public BigDecimal remaining() {
    return terms.volume().subtract(volumeExecuted);
  }

  /** True while it may still be executed. */
  public boolean isOpen() {
    return status == OrderStatus.OPEN || status == OrderStatus.PENDING;
  }

  /** True if it may trade now: neither scheduled nor waiting for its trigger. */
  boolean isActive() {
    return status == OrderStatus.OPEN && (trigger == null || trigger.touched());
  }

  /** True if it stands in the public book. */
  boolean isInBook() {
    return isActive() && limit() != null;
  }

  /** Its limit price now; null at the market. */
  @Nullable BigDecimal limit() {
    return trigger != null && trigger.limit() != null ? trigger.limit() : terms.price();
  }

  /** True if it may trade at this price of the other side. */
  boolean reaches(BigDecimal price) {
    BigDecimal limit = limit();
    if (limit == null) {
      return true;
    }
    return terms.side() == OrderSide.BUY
        ? price.compareTo(limit) <= 0
        : price.compareTo(limit) >= 0;
  }

  /** Age counts from here (cancel penalties). */
  Instant changedAt() {
    return amendedAt == null ? openedAt : amendedAt;
  }

  PaperOrder filled(PaperTrade trade) {
    BigDecimal executed = volumeExecuted.add(trade.volume());
    boolean complete = executed.compareTo(terms.volume()) == 0;
    List<String> all = new ArrayList<>(trades);
    all.add(trade.id());
    return new PaperOrder(
        txid,
        account,
        terms,
        trigger,
        complete ? OrderStatus.CLOSED : status,
        reason,
        executed,
        cost.add(trade.cost()),
        fee.add(trade.fee()),
        openedAt,
        amendedAt,
        complete ? trade.time() : null,
        visibleFrom,
        List.copyOf(all));
  }

  PaperOrder canceled(String why, Instant now) {
    return ended(OrderStatus.CANCELED, why, now);
  }

  PaperOrder ended(OrderStatus how, @Nullable String why, Instant now) {
    return with(terms, trigger, how, why, amendedAt, now);
  }

  PaperOrder started() {
    return with(terms, trigger, OrderStatus.OPEN, reason, amendedAt, closedAt);
  }

  PaperOrder waiting(OrderTrigger changed) {
    return with(terms, changed, status, reason, amendedAt, closedAt);
  }

  PaperOrder amended(OrderTerms changed, @Nullable OrderTrigger moved, Instant now) {
    return with(changed, moved, status, reason, now, closedAt);
  }

  private PaperOrder with(
      OrderTerms newTerms,
      @Nullable OrderTrigger newTrigger,
      OrderStatus newStatus,
      @Nullable String newReason,
      @Nullable Instant newAmendedAt,
      @Nullable Instant newClosedAt) {
    return new PaperOrder(
        txid,
        account,
        newTerms,
        newTrigger,
        newStatus,
        newReason,
        volumeExecuted,
        cost,
        fee,
        openedAt,
        newAmendedAt,
        newClosedAt,
        visibleFrom,
        trades);
  }
}
