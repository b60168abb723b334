package dev.signaltoorder.crash;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What witnesses that do not know of one another have to say: the senders, the exchange's own book,
 * the gate in front of the exchange, and the database read past the service. Gathered in an order
 * that makes it safe to hold them against each other: what was told or booked first, then what was
 * stored.
 *
 * @param deliveries what the senders sent and were told
 * @param book orders the exchange took
 * @param addOrders how often AddOrder arrived at the exchange, by client order id
 * @param leases how long each account's journal is
 * @param facts the journals, in their order
 * @param inbox what was taken, by delivery id
 * @param certain what a trial knows because it held a connection in its hands
 */
record Evidence(
    List<Delivery> deliveries,
    List<BookOrder> book,
    Map<String, Integer> addOrders,
    List<JournalSize> leases,
    List<FactRow> facts,
    List<InboxRow> inbox,
    Certain certain) {

  /** One delivery and its answers with success, in their order. */
  record Delivery(String id, List<Told> told, Ask ask) {}

  /**
   * What a sender asks for the position that its signal makes.
   *
   * @param stopLoss null for none
   * @param targets whether take-profits are named
   */
  record Ask(@Nullable BigDecimal stopLoss, boolean targets) {
    static final Ask NOTHING = new Ask(null, false);

    boolean isSomething() {
      return stopLoss != null || targets;
    }
  }

  /** An answer with success. */
  record Told(int status, String signalId) {}

  /**
   * An order in the exchange's book.
   *
   * @param volume executed, base units
   * @param fee quote units
   */
  record BookOrder(
      String txid,
      String account,
      String clientOrderId,
      boolean buy,
      BigDecimal volume,
      BigDecimal fee,
      Instant openedAt,
      Rest rest) {
    boolean isStop() {
      return rest.type().equals("stop-loss");
    }

    /** Base units, negative for what was sold. */
    BigDecimal change() {
      return buy ? volume : volume.negate();
    }
  }

  /**
   * How an order is at the exchange now.
   *
   * @param type "limit", "market", "stop-loss"
   * @param open whether it may still execute
   * @param volume that it may still execute if it is open, base units
   * @param trigger of a stop
   */
  record Rest(String type, boolean open, BigDecimal volume, @Nullable BigDecimal trigger) {}

  /**
   * How long a journal is by its lease, and by counting its rows.
   *
   * @param size by the lease
   * @param facts counted
   * @param last highest number of a fact
   */
  record JournalSize(String account, long size, long facts, long last) {}

  /**
   * A row of the journal. What its kind does not have is "".
   *
   * @param intact its hash is that of its bytes
   * @param transaction in which it was written
   * @param approved "true" or "false" for a decision
   * @param order what it says about an order
   */
  record FactRow(
      String account,
      long seq,
      Instant recordedAt,
      String kind,
      String signalId,
      String orderId,
      boolean intact,
      String transaction,
      String deliveryId,
      String approved,
      String actor,
      String fencing,
      OrderPart order) {
    /** An order that protects a position: not a signal's own. */
    boolean isProtective() {
      return !order.role().isEmpty();
    }
  }

  /**
   * What a fact says about an order. What its kind does not have is "" or null.
   *
   * @param role of an intent that protects a position: STOP, TAKE_PROFIT, CLOSE; "" for a signal's
   *     own
   * @param entryOrderId the order whose position such an intent protects
   * @param side of an intent: BUY or SELL
   * @param strategy of an intent, or of a position whose stop moves or is needed no more
   * @param volume executed so far, base units
   * @param fee of that, quote units
   * @param movedTo where the stop of a position shall be from now on
   */
  record OrderPart(
      String role,
      String entryOrderId,
      String side,
      String strategy,
      @Nullable BigDecimal volume,
      @Nullable BigDecimal fee,
      @Nullable BigDecimal movedTo) {
    static final OrderPart NONE = new OrderPart("", "", "", "", null, null, null);
  }

  /** A row of the inbox. */
  record InboxRow(String deliveryId, String signalId) {}

  /**
   * What trials know for certain.
   *
   * @param neverSent client order ids that no program may have sent
   * @param storedUnanswered deliveries that were stored while nobody could be answered, with their
   *     signal's id
   */
  record Certain(Set<String> neverSent, Map<String, String> storedUnanswered) {
    static final Certain NOTHING = new Certain(Set.of(), Map.of());
  }

  /**
   * The report, once nothing is under way any more.
   *
   * @param rows one per signal
   * @param totals outcome to number of signals, as the service counts
   * @param positions strategy to base units of BTC, as the service holds them
   */
  record Report(
      List<ReportRow> rows, Map<String, Integer> totals, Map<String, BigDecimal> positions) {}

  /** A row of the report. */
  record ReportRow(
      String signalId,
      String outcome,
      String strategy,
      @Nullable String orderId,
      @Nullable String txid,
      BigDecimal volume,
      BigDecimal fee) {}
}
