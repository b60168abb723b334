package dev.signaltoorder.trading;

import dev.signaltoorder.kraken.AddOrderRequest;
import dev.signaltoorder.kraken.AddOrderVerdict;
import dev.signaltoorder.kraken.Amendment;
import dev.signaltoorder.kraken.Answer;
import dev.signaltoorder.kraken.AssetBalance;
import dev.signaltoorder.kraken.CallRecord;
import dev.signaltoorder.kraken.CancelAllTimer;
import dev.signaltoorder.kraken.FeeRates;
import dev.signaltoorder.kraken.QueriedOrders;
import dev.signaltoorder.kraken.SendPermit;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * One account at Kraken, as the loop uses it. No method blocks; each answers once, on any thread.
 */
public interface Exchange extends AutoCloseable {

  /** Sends an order once, if {@code permit} lets it begin. */
  void addOrder(
      AddOrderRequest request, SendPermit permit, BiConsumer<CallRecord, AddOrderVerdict> done);

  /** Open orders, then, unless that failed, closed orders. */
  void lookUp(Search search, Consumer<Findings> done);

  /** The state of these orders; at most 50. */
  void follow(List<String> txids, Consumer<Answer<QueriedOrders>> done);

  /** Changes an open order in place, if {@code permit} lets it begin. */
  void amend(Amendment change, SendPermit permit, Consumer<Answer<String>> done);

  /** How much of the call counter is free for questions, in percent. */
  default int budgetLeft() {
    return 100;
  }

  /** Cancels an order. */
  void cancel(String txid, Consumer<Answer<Integer>> done);

  /** Balances, and the equity in each of these assets. */
  void balances(
      Set<String> quoteAssets,
      BiConsumer<Answer<Map<String, AssetBalance>>, Map<String, Answer<BigDecimal>>> done);

  /** What the account pays for these pairs. */
  void fees(List<String> altnames, Consumer<Answer<FeeRates>> done);

  /** Sets Kraken's dead man's switch; zero switches it off. */
  void cancelAllAfter(Duration timeout, Consumer<Answer<CancelAllTimer>> done);

  /**
   * From now on tells what the exchange says of the account's orders by itself, until closed. An
   * exchange that says nothing by itself is asked, and nothing is missed.
   */
  default void listen(Consumer<Message> post) {}

  /** Checks the keys' permissions. */
  void checkKeys(Consumer<Message.KeyCheckFinished> done);

  @Override
  void close();
}
