package dev.signaltoorder.trading;

import dev.signaltoorder.kraken.AddOrderRequest;
import dev.signaltoorder.kraken.AddOrderVerdict;
import dev.signaltoorder.kraken.Amendment;
import dev.signaltoorder.kraken.Answer;
import dev.signaltoorder.kraken.AssetBalance;
import dev.signaltoorder.kraken.CallRecord;
import dev.signaltoorder.kraken.ExecutionListener;
import dev.signaltoorder.kraken.ExecutionNews;
import dev.signaltoorder.kraken.KeysReport;
import dev.signaltoorder.kraken.KrakenAccountClient;
import dev.signaltoorder.kraken.KrakenFeeds;
import dev.signaltoorder.kraken.OrderInfo;
import dev.signaltoorder.kraken.SendPermit;
import java.math.BigDecimal;
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
  public void lookUp(
      String clientOrderId,
      BiConsumer<Answer<Map<String, OrderInfo>>, @Nullable Answer<Map<String, OrderInfo>>> done) {
    client.openOrders(
        clientOrderId,
        open -> {
          // Closed ones also when an open one was found: there must not be a second order.
          if (open instanceof Answer.Failure<?>) {
            done.accept(open, null);
          } else {
            client.closedOrders(clientOrderId, closed -> done.accept(open, closed));
          }
        });
  }

  @Override
  public void follow(List<String> txids, Consumer<Answer<Map<String, OrderInfo>>> done) {
    client.queryOrders(txids, done);
  }

  @Override
  public void amend(Amendment change, Consumer<Answer<String>> done) {
    client.amendOrder(change, done);
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
