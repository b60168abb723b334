package dev.signaltoorder.trading;

import dev.signaltoorder.kraken.AddOrderRequest;
import dev.signaltoorder.kraken.AddOrderVerdict;
import dev.signaltoorder.kraken.Amendment;
import dev.signaltoorder.kraken.Answer;
import dev.signaltoorder.kraken.AssetBalance;
import dev.signaltoorder.kraken.CallOutcome;
import dev.signaltoorder.kraken.CallRecord;
import dev.signaltoorder.kraken.CancelAllTimer;
import dev.signaltoorder.kraken.FeeRates;
import dev.signaltoorder.kraken.OrderInfo;
import dev.signaltoorder.kraken.QueriedOrders;
import dev.signaltoorder.kraken.SendPermit;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** A Kraken that answers at once, fills in full, and is the same for all processes of a test. */
final class PromptKraken {
  private final Clock clock;
  private final List<AddOrderRequest> orders = new CopyOnWriteArrayList<>();

  PromptKraken(Clock clock) {
    this.clock = clock;
  }

  /** Every AddOrder that came, in order. */
  List<AddOrderRequest> orders() {
    return orders;
  }

  /** A process's own door to it. */
  Exchange open() {
    return new Door();
  }

  private CallRecord call(String endpoint) {
    String usable = "{\"error\":[],\"result\":{}}"; // anything else opens the breaker
    return Samples.call(UUID.randomUUID(), endpoint, clock.instant(), Samples.reply(usable));
  }

  private <T> Answer<T> success(String endpoint, T value) {
    return new Answer.Success<>(call(endpoint), value, List.of());
  }

  private static String txid(String clientOrderId) {
    return "O" + clientOrderId;
  }

  private static OrderInfo filled(AddOrderRequest order) {
    return Samples.info(
        txid(order.clientOrderId()),
        order.clientOrderId(),
        "closed",
        order.volume(),
        String.valueOf(order.price()));
  }

  private final class Door implements Exchange {
    @Override
    public void addOrder(
        AddOrderRequest request, SendPermit permit, BiConsumer<CallRecord, AddOrderVerdict> done) {
      String refusal = permit.begin();
      if (refusal != null) {
        CallOutcome outcome = new CallOutcome.NotSent(CallOutcome.Cause.PERMIT_REFUSED, refusal);
        done.accept(
            Samples.call(UUID.randomUUID(), "AddOrder", clock.instant(), outcome),
            new AddOrderVerdict.NotPlaced("PERMIT_REFUSED: " + refusal, false));
        return;
      }
      orders.add(request);
      permit.done();
      done.accept(call("AddOrder"), new AddOrderVerdict.Placed(txid(request.clientOrderId())));
    }

    @Override
    public void lookUp(Search search, Consumer<Findings> done) {
      Map<String, OrderInfo> found = new HashMap<>();
      for (AddOrderRequest order : orders) {
        if (!(search instanceof Search.One one)
            || order.clientOrderId().equals(one.clientOrderId())) {
          found.put(txid(order.clientOrderId()), filled(order));
        }
      }
      done.accept(
          new Findings(
              success("OpenOrders", Map.of()), List.of(success("ClosedOrders", found)), true));
    }

    @Override
    public void follow(List<String> txids, Consumer<Answer<QueriedOrders>> done) {
      Map<String, OrderInfo> found = new HashMap<>();
      for (AddOrderRequest order : orders) {
        if (txids.contains(txid(order.clientOrderId()))) {
          found.put(txid(order.clientOrderId()), filled(order));
        }
      }
      done.accept(success("QueryOrders", new QueriedOrders(found, Map.of())));
    }

    @Override
    public void amend(Amendment change, SendPermit permit, Consumer<Answer<String>> done) {
      done.accept(success("AmendOrder", "TAMEND"));
    }

    @Override
    public void cancel(String txid, Consumer<Answer<Integer>> done) {
      done.accept(success("CancelOrder", 0));
    }

    @Override
    public void balances(
        Set<String> quoteAssets,
        BiConsumer<Answer<Map<String, AssetBalance>>, Map<String, Answer<BigDecimal>>> done) {
      done.accept(
          success(
              "BalanceEx",
              Map.of("ZUSD", new AssetBalance(new BigDecimal("1000000"), BigDecimal.ZERO))),
          Map.of());
    }

    @Override
    public void fees(List<String> altnames, Consumer<Answer<FeeRates>> done) {
      done.accept(
          success("TradeVolume", new FeeRates("ZUSD", BigDecimal.ZERO, Map.of(), Map.of())));
    }

    @Override
    public void cancelAllAfter(Duration timeout, Consumer<Answer<CancelAllTimer>> done) {
      done.accept(success("CancelAllOrdersAfter", new CancelAllTimer(clock.instant(), null)));
    }

    @Override
    public void checkKeys(Consumer<Message.KeyCheckFinished> done) {
      done.accept(
          new Message.KeyCheckFinished(
              List.of(call("GetApiKeyInfo")), true, "abcdef012345", List.of(), List.of(), false));
    }

    @Override
    public void close() {}
  }
}
