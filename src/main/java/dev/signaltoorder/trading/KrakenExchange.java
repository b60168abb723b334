package dev.signaltoorder.trading;

import dev.signaltoorder.kraken.AddOrderRequest;
import dev.signaltoorder.kraken.AddOrderVerdict;
import dev.signaltoorder.kraken.Amendment;
import dev.signaltoorder.kraken.Answer;
import dev.signaltoorder.kraken.AssetBalance;
import dev.signaltoorder.kraken.CallRecord;
import dev.signaltoorder.kraken.CancelAllTimer;
import dev.signaltoorder.kraken.ClosedOrdersPage;
import dev.signaltoorder.kraken.ClosedOrdersQuery;
import dev.signaltoorder.kraken.ExecutionListener;
import dev.signaltoorder.kraken.ExecutionNews;
import dev.signaltoorder.kraken.FeeRates;
import dev.signaltoorder.kraken.KeysReport;
import dev.signaltoorder.kraken.KrakenAccountClient;
import dev.signaltoorder.kraken.KrakenFeeds;
import dev.signaltoorder.kraken.OrderInfo;
import dev.signaltoorder.kraken.OwnId;
import dev.signaltoorder.kraken.QueriedOrders;
import dev.signaltoorder.kraken.SendPermit;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** An account at Kraken through its client. */
public final class KrakenExchange implements Exchange {
  private final KrakenAccountClient client;
  private final String account;
  private final KrakenFeeds feeds;
  private @Nullable Runnable feed;

  /**
   * @param account its name
   * @param feeds where its orders can be listened to
   */
  public KrakenExchange(KrakenAccountClient client, String account, KrakenFeeds feeds) {
    this.client = client;
    this.account = account;
    this.feeds = feeds;
  }

  @Override
  public synchronized void listen(Consumer<Message> post) {
    feed =
        feeds.follow(
            account,
            client.queries()::webSocketsToken,
            new ExecutionListener() {
              @Override
              public void news(ExecutionNews news) {
                post.accept(new Message.ExecutionsReported(news));
              }

              @Override
              public void changed(boolean whole, String why) {
                post.accept(new Message.FeedChanged(whole, why));
              }
            });
  }

  @Override
  public void addOrder(
      AddOrderRequest request, SendPermit permit, BiConsumer<CallRecord, AddOrderVerdict> done) {
    client.addOrder(request, permit, done);
  }

  @Override
  public void lookUp(Search search, Consumer<Findings> done) {
    ListReading.read(new KrakenLists(client), search, done);
  }

  /** As Kraken's client reads them. */
  private record KrakenLists(KrakenAccountClient client) implements ListReading.Lists {
    @Override
    public void open(
        @Nullable String clientOrderId, Consumer<Answer<Map<String, OrderInfo>>> done) {
      client.openOrders(clientOrderId, done);
    }

    @Override
    public void closed(
        @Nullable String clientOrderId,
        @Nullable Instant since,
        int offset,
        Consumer<Answer<ClosedOrdersPage>> done) {
      OwnId own = clientOrderId == null ? null : new OwnId.Client(clientOrderId);
      client.queries().closedOrders(new ClosedOrdersQuery(own, since, null, offset), done);
    }
  }

  @Override
  public void follow(List<String> txids, Consumer<Answer<QueriedOrders>> done) {
    client.queryOrders(txids, done);
  }

  @Override
  public void amend(Amendment change, SendPermit permit, Consumer<Answer<String>> done) {
    client.amendOrder(change, permit, done);
  }

  @Override
  public int budgetLeft() {
    return client.callBudgetLeft();
  }

  @Override
  public void cancel(String txid, Consumer<Answer<Integer>> done) {
    client.cancelOrder(txid, done);
  }

  @Override
  public void balances(
      Set<String> quoteAssets,
      BiConsumer<Answer<Map<String, AssetBalance>>, Map<String, Answer<BigDecimal>>> done) {
    client.balances(
        balances ->
            equity(quoteAssets.iterator(), new TreeMap<>(), all -> done.accept(balances, all)));
  }

  @Override
  public void fees(List<String> altnames, Consumer<Answer<FeeRates>> done) {
    client.queries().tradeVolume(altnames, done);
  }

  @Override
  public void cancelAllAfter(Duration timeout, Consumer<Answer<CancelAllTimer>> done) {
    client.orders().cancelAllAfter(timeout, done);
  }

  private void equity(
      Iterator<String> assets,
      Map<String, Answer<BigDecimal>> soFar,
      Consumer<Map<String, Answer<BigDecimal>>> done) {
    if (!assets.hasNext()) {
      done.accept(soFar);
      return;
    }
    String asset = assets.next();
    client.tradeBalance(
        asset,
        answer -> {
          soFar.put(asset, answer);
          equity(assets, soFar, done);
        });
  }

  @Override
  public void checkKeys(Consumer<Message.KeyCheckFinished> done) {
    client.checkKeys(report -> done.accept(checked(report)));
  }

  /** A finding about keys as the loop takes it. */
  public static Message.KeyCheckFinished checked(KeysReport report) {
    return new Message.KeyCheckFinished(
        report.calls(),
        report.answered(),
        report.fingerprints(),
        report.refusals(),
        report.warnings(),
        report.historyLimited());
  }

  @Override
  public synchronized void close() {
    if (feed != null) {
      feed.run();
      feed = null;
    }
    client.close();
  }
}
