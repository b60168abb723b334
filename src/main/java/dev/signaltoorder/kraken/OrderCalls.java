package dev.signaltoorder.kraken;

import dev.signaltoorder.kraken.PrivateCall.Priority;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * The calls that change orders, with the trading key. None is ever repeated: after a doubt the
 * order itself is looked up.
 */
public final class OrderCalls {

  private static final Duration LONGEST_TIMER = Duration.ofHours(24);

  private final Line line;

  /** Where a call waits for its turn. */
  @FunctionalInterface
  interface Line {
    void submit(PrivateCall call);
  }

  OrderCalls(Line line) {
    this.line = line;
  }

  /**
   * Sends an order: once, never again, whatever comes back.
   *
   * @param permit asked last; its {@code done} follows if, and only if, it was given
   * @param done the call and what it proves
   */
  public void add(
      SpotOrder order, SendPermit permit, BiConsumer<CallRecord, AddOrderVerdict> done) {
    line.submit(
        new PrivateCall(
            Priority.ADD_ORDER,
            "AddOrder",
            OrderForm.of(order),
            0,
            new Toll.Add(order.pair(), clientOrderId(order)),
            SendGate.of(order.deadline(), permit),
            UnaryOperator.identity(),
            call -> done.accept(call, AddOrderReading.of(call, order.validateOnly()))));
  }

  /**
   * Changes an open order in place.
   *
   * @param permit asked last; its {@code done} follows if, and only if, it was given
   * @param done Kraken's id of the change. A failure that is not Kraken's own text proves nothing:
   *     ask for the order
   */
  public void amend(Amendment change, SendPermit permit, Consumer<Answer<String>> done) {
    line.submit(
        new PrivateCall(
            Priority.AMEND_ORDER,
            "AmendOrder",
            OrderForm.of(change),
            0,
            new Toll.Amend(Toll.idOf(change.order())),
            SendGate.of(change.deadline(), permit),
            UnaryOperator.identity(),
            call -> done.accept(Answers.of(call, MoreResults::amendId))));
  }

  /**
   * Cancels one order. An order that is already gone is a failure with "EOrder:Unknown order".
   *
   * @param done how many orders were cancelled
   */
  public void cancel(OrderReference order, Consumer<Answer<Integer>> done) {
    Toll toll = new Toll.Cancel(Toll.idOf(order));
    cancel("CancelOrder", OrderForm.of(order), 0, toll, Results::cancelCount, done);
  }

  /**
   * Cancels every open order of the account, also those that a person placed.
   *
   * @param done how many orders were cancelled
   */
  public void cancelAll(Consumer<Answer<Integer>> done) {
    cancel("CancelAll", FormBody.EMPTY, 1, new Toll.CancelAll(), Results::cancelCount, done);
  }

  /**
   * Sets Kraken's dead man's switch: unless it is set again in time, every open order of the
   * account is cancelled, also those that a person placed.
   *
   * @param timeout whole seconds, at most 24 h; zero switches it off
   * @throws IllegalArgumentException for another time-out
   */
  public void cancelAllAfter(Duration timeout, Consumer<Answer<CancelAllTimer>> done) {
    if (timeout.isNegative()
        || timeout.compareTo(LONGEST_TIMER) > 0
        || !timeout.equals(timeout.truncatedTo(ChronoUnit.SECONDS))) {
      throw new IllegalArgumentException("whole seconds, 0 to " + LONGEST_TIMER.toSeconds());
    }
    FormBody form = FormBody.EMPTY.with("timeout", Long.toString(timeout.toSeconds()));
    cancel("CancelAllOrdersAfter", form, 1, Toll.FREE, MoreResults::cancelAllTimer, done);
  }

  private <T> void cancel(
      String endpoint,
      FormBody form,
      int restCost,
      Toll toll,
      Answers.Reader<T> reader,
      Consumer<Answer<T>> done) {
    line.submit(
        new PrivateCall(
            Priority.CANCEL_ORDER,
            endpoint,
            form,
            restCost,
            toll,
            SendGate.OPEN,
            UnaryOperator.identity(),
            call -> done.accept(Answers.of(call, reader))));
  }

  private static String clientOrderId(SpotOrder order) {
    return order.identity() instanceof OrderIdentity.ClientOrderId own ? own.id() : "";
  }
}
