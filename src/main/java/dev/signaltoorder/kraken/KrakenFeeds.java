package dev.signaltoorder.kraken;

import io.vertx.core.Vertx;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * All websocket feeds of this process: one public, and one per account whose loop runs here. The
 * public one is connected when its first pair is wanted.
 */
@ApplicationScoped
public class KrakenFeeds implements PriceFeed {

  private static final List<Integer> DEPTHS = List.of(10, 25, 100, 500, 1000);

  private final Vertx vertx;
  private final KrakenFeedUrls urls;
  private final KrakenConfig config;
  private final Clock clock;
  private final CallIds ids;
  private final ConnectLimit limit = new ConnectLimit();
  private final Map<String, ExecutionFeed> accounts = new ConcurrentHashMap<>();
  private volatile @Nullable Public open;
  private boolean stopped;

  /** The public feed with its connection. */
  private record Public(PublicFeed feed, FeedConnection connection) {}

  KrakenFeeds(Vertx vertx, KrakenFeedUrls urls, KrakenConfig config, Clock clock) {
    this.vertx = vertx;
    this.urls = urls;
    this.config = config;
    this.clock = clock;
    this.ids = new CallIds(clock);
  }

  /** The smallest depth of a book that the channel offers and that has this many levels. */
  static int depthFor(int levels) {
    return DEPTHS.stream().filter(depth -> depth >= levels).findFirst().orElse(DEPTHS.getLast());
  }

  private synchronized @Nullable Public start(int levels) {
    Optional<URI> url = urls.publicUrl();
    if (url.isEmpty() || open != null || stopped) {
      return open;
    }
    PublicFeed feed = new PublicFeed(depthFor(levels), url.get().getPath(), ids::next);
    FeedConnection connection =
        new FeedConnection(
            "public",
            vertx,
            () -> urls.publicUrl().orElse(url.get()),
            KrakenSettings.of(config).connectTimeout(),
            feed,
            unused -> {},
            limit,
            clock);
    Public started = new Public(feed, connection);
    open = started;
    connection.start();
    return started;
  }

  /**
   * Follows the orders of one account, until the answer is closed.
   *
   * @param tokens asks for a token of the private channels
   * @return closes the connection; does nothing where the configuration says REST only
   */
  public Runnable follow(
      String account,
      Consumer<Consumer<Answer<WebSocketsToken>>> tokens,
      ExecutionListener listener) {
    Optional<URI> url = urls.privateUrl();
    if (url.isEmpty()) {
      return () -> {};
    }
    ExecutionFeed feed = new ExecutionFeed(account, url.get().getPath(), ids::next, listener);
    FeedConnection connection =
        new FeedConnection(
            "account " + account,
            vertx,
            () -> urls.privateUrl().orElse(url.get()),
            KrakenSettings.of(config).connectTimeout(),
            feed,
            tokens,
            limit,
            clock);
    accounts.put(account, feed);
    connection.start();
    return () -> {
      accounts.remove(account, feed);
      connection.close();
    };
  }

  @Override
  public void want(Set<String> symbols, int levels) {
    Public current = open == null && !symbols.isEmpty() ? start(levels) : open;
    if (current != null) {
      current.feed().want(symbols);
    }
  }

  @Override
  public Optional<FeedQuote> quote(String symbol) {
    Public current = open;
    return current == null ? Optional.empty() : current.feed().quote(symbol, now());
  }

  @Override
  public Optional<FeedInstrument> instrument(String symbol) {
    Public current = open;
    return current == null ? Optional.empty() : current.feed().instrument(symbol, now());
  }

  @Override
  public Optional<String> systemStatus() {
    Public current = open;
    return current == null ? Optional.empty() : current.feed().systemStatus(now());
  }

  /** How the feeds stand: the public one, then the accounts', by name; none without websockets. */
  public List<FeedStatus> status() {
    List<FeedStatus> all = new ArrayList<>();
    Public current = open;
    if (current != null) {
      all.add(current.feed().status(now()));
    }
    accounts.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(account -> all.add(account.getValue().status(now())));
    return all;
  }

  private FeedTime now() {
    return new FeedTime(clock.instant(), System.nanoTime());
  }

  @PreDestroy
  synchronized void close() {
    stopped = true;
    Public current = open;
    if (current != null) {
      current.connection().close();
      open = null;
    }
  }
}
