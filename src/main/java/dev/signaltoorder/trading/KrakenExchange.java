package dev.signaltoorder.trading;

import dev.signaltoorder.kraken.AddOrderRequest;
import dev.signaltoorder.kraken.AddOrderVerdict;
import dev.signaltoorder.kraken.Answer;
import dev.signaltoorder.kraken.AssetBalance;
import dev.signaltoorder.kraken.CallRecord;
import dev.signaltoorder.kraken.ExecutionListener;
import dev.signaltoorder.kraken.ExecutionNews;
import dev.signaltoorder.kraken.KeyCheck;
import dev.signaltoorder.kraken.KeyInfo;
import dev.signaltoorder.kraken.KeyRole;
import dev.signaltoorder.kraken.KrakenAccountClient;
import dev.signaltoorder.kraken.KrakenFeeds;
import dev.signaltoorder.kraken.OrderInfo;
import dev.signaltoorder.kraken.SendPermit;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.ArrayList;
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
  private final Clock clock;
  private final String account;
  private final KrakenFeeds feeds;
  private @Nullable Runnable feed;

  /**
   * @param account its name
   * @param feeds where its orders can be listened to
   */
  public KrakenExchange(
      KrakenAccountClient client, Clock clock, String account, KrakenFeeds feeds) {
    this.client = client;
    this.clock = clock;
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
          boolean clean = open instanceof Answer.Success<Map<String, OrderInfo>>;
          boolean found =
              open instanceof Answer.Success<Map<String, OrderInfo>> success
                  && success.value().values().stream()
                      .anyMatch(info -> clientOrderId.equals(info.clientOrderId()));
          if (!clean || found) {
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
    checkNext(client.keyRoles().iterator(), new KeyFindings(), done);
  }

  private void checkNext(
      Iterator<KeyRole> roles, KeyFindings findings, Consumer<Message.KeyCheckFinished> done) {
    if (!roles.hasNext()) {
      done.accept(findings.message());
      return;
    }
    KeyRole role = roles.next();
    client.keyInfo(
        role,
        answer -> {
          findings.add(role, answer, clock);
          checkNext(roles, findings, done);
        });
  }

  @Override
  public synchronized void close() {
    if (feed != null) {
      feed.run();
      feed = null;
    }
    client.close();
  }

  /** What the checks of one account's keys found so far. */
  private static final class KeyFindings {
    private final List<CallRecord> calls = new ArrayList<>();
    private final List<String> fingerprints = new ArrayList<>();
    private final List<String> refusals = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private boolean answered = true;
    private boolean historyLimited;

    void add(KeyRole role, Answer<KeyInfo> answer, Clock clock) {
      calls.add(answer.call());
      fingerprints.add(String.valueOf(answer.call().keyFingerprint()));
      switch (answer) {
        case Answer.Success<KeyInfo> success -> {
          KeyInfo info = success.value();
          KeyCheck.Findings found = KeyCheck.judge(info, role, clock.instant());
          refusals.addAll(found.refusals());
          warnings.addAll(found.warnings());
          historyLimited |=
              role != KeyRole.TRADE && (info.queryFrom() != null || info.queryTo() != null);
        }
        case Answer.Failure<KeyInfo> failure -> {
          answered = false;
          refusals.add("what the key may do could not be checked: " + failure.error());
        }
      }
    }

    Message.KeyCheckFinished message() {
      return new Message.KeyCheckFinished(
          List.copyOf(calls),
          answered,
          String.join(",", fingerprints),
          List.copyOf(refusals),
          List.copyOf(warnings),
          historyLimited);
    }
  }
}
