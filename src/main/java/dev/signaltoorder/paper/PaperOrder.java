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
 * @param status open, closed (fully executed) or canceled (maybe partly executed)
 * @param reason why it was cancelled, or null
 * @param volumeExecuted base units
 * @param cost executed, quote units
 * @param fee quote units
 * @param openedAt UTC, microseconds
 * @param closedAt UTC, microseconds; null while open
 * @param visibleFrom before this instant no query shows it
 * @param trades ids of its fills, in order
 */
public record PaperOrder(
    String txid,
    String account,
    OrderTerms terms,
    OrderStatus status,
    @Nullable String reason,
    BigDecimal volumeExecuted,
    BigDecimal cost,
    BigDecimal fee,
    Instant openedAt,
    @Nullable Instant closedAt,
    Instant visibleFrom,
    List<String> trades) {

  static PaperOrder opened(
      String txid, String account, OrderTerms terms, Instant now, Instant visibleFrom) {
    return new PaperOrder(
        txid,
        account,
        terms,
        OrderStatus.OPEN,
        null,
        BigDecimal.ZERO,
        BigDecimal.ZERO,
        BigDecimal.ZERO,
        now,
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
    return status == OrderStatus.OPEN;
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
        complete ? OrderStatus.CLOSED : OrderStatus.OPEN,
        reason,
        executed,
        cost.add(trade.cost()),
        fee.add(trade.fee()),
        openedAt,
        complete ? trade.time() : null,
        visibleFrom,
        List.copyOf(all));
  }

  PaperOrder canceled(String why, Instant now) {
    return new PaperOrder(
        txid,
        account,
        terms,
        OrderStatus.CANCELED,
        why,
        volumeExecuted,
        cost,
        fee,
        openedAt,
        now,
        visibleFrom,
        trades);
  }
}
