package dev.signaltoorder.paper;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The simulated Kraken itself: accounts, book, matching, answers. One caller at a time: every
 * public method holds the lock, and everything behind it is plain single-threaded code. Knows
 * nothing of HTTP servers.
 */
public final class SimulatedExchange {

  private final Pairs pairs;
  private final ExchangeEngine engine;
  private final FaultSwitches faults = new FaultSwitches();
  private final SocketFaults socketFaults = new SocketFaults();

  /**
   * @param openingBalances asset id to amount, for every new account
   * @param file where the state is kept; null keeps it in memory only
   */
  SimulatedExchange(
      Clock clock,
      Pairs pairs,
      PriceSource prices,
      Map<String, BigDecimal> openingBalances,
      @Nullable StateFile file) {
    this.pairs = pairs;
    this.engine = new ExchangeEngine(clock, pairs, prices, openingBalances, file);
  }

  /**
   * Answers a call with Kraken's envelope.
   *
   * @param hiddenFor how long queries must not show an order placed by it
   */
  synchronized ObjectNode answer(ApiRequest request, Duration hiddenFor) {
    try {
      return request.isPublic()
          ? engine.answerPublic(request)
          : engine.execute(engine.admit(request), hiddenFor);
    } catch (Refusal refusal) {
      return Json.failure(refusal.error());
    }
  }

  /** Lets a private call in; its nonce is used up, whatever becomes of it. */
  synchronized PrivateCalls.Admitted admit(ApiRequest request) throws Refusal {
    return engine.admit(request);
  }

  /** Executes an admitted call, at once or later. What it changed is durable when it returns. */
  synchronized ObjectNode execute(PrivateCalls.Admitted call, Duration hiddenFor) {
    try {
      return engine.execute(call, hiddenFor);
    } catch (Refusal refusal) {
      return Json.failure(refusal.error());
    }
  }

  /** Lets resting orders meet the market as it is now. */
  synchronized void settle() {
    engine.settle();
  }

  /** Counts a websocket connection; false if there were too many of late. */
  synchronized boolean mayConnect() {
    return engine.mayConnect();
  }

  /** A new websocket connection; it is greeted before this returns. */
  synchronized SocketSession connect(boolean isPrivate, Consumer<ObjectNode> outlet) {
    return engine.connect(isPrivate, outlet);
  }

  /** Handles one message of a websocket client. */
  synchronized void receive(SocketSession session, String text) {
    engine.receive(session, text);
  }

  synchronized void disconnect(SocketSession session) {
    engine.disconnect(session);
  }

  synchronized boolean isIdle(SocketSession session) {
    return session.isIdle(engine.now());
  }

  /** Value of the {@code X-Price-Origin} header. Without the lock: asked on the event loop. */
  String priceOrigin() {
    return engine.board.origin();
  }

  /**
   * The account of this name with its first API key, made with opening balances if there is none:
   * the same key after a restart with a state file.
   */
  public synchronized PaperAccount createAccount(String name) {
    PaperAccount account = engine.keys.account(name, engine.now());
    engine.save();
    return account;
  }

  /** Another key, with permissions of its own, for an account that is made if there is none. */
  public synchronized PaperAccount createKey(String account, Set<KeyPermission> permissions) {
    PaperAccount key = engine.keys.another(account, permissions, engine.now());
    engine.save();
    return key;
  }

  /** As {@link #createAccount} with a key that was chosen elsewhere; keeps a known key's nonce. */
  synchronized PaperAccount adoptKey(String account, String key, String secret) {
    PaperAccount adopted = engine.keys.adopt(account, key, secret, engine.now());
    engine.save();
    return adopted;
  }

  /** All orders ever accepted, oldest first, hidden ones too. Validated ones are none. */
  public synchronized List<PaperOrder> orders() {
    return List.copyOf(engine.state.orders());
  }

  /** All fills ever, oldest first. */
  public synchronized List<PaperTrade> trades() {
    return List.copyOf(engine.state.trades());
  }

  /** How many AddOrder calls were accepted and placed an order. */
  public synchronized int acceptedAddOrders() {
    return engine.state.orders().size();
  }

  /** Balance of an asset id, held part included. */
  public synchronized BigDecimal balance(String account, String asset) {
    return engine.state.balance(account, asset);
  }

  /** What open orders bind of an asset id. */
  public synchronized BigDecimal held(String account, String asset) {
    return engine.funds.held(account, asset);
  }

  /** The switches for calls that go wrong. */
  public FaultSwitches faults() {
    return faults;
  }

  /** The switches for websocket messages that go wrong. */
  public SocketFaults socketFaults() {
    return socketFaults;
  }

  /**
   * Counts calls and orders against the limits of a tier from now on, and locks keys out that call
   * wrongly too often; null lets everything pass again.
   */
  public synchronized void enforceLimits(@Nullable TradingTier tier) {
    engine.enforce(tier);
  }

  /** GetApiKeyInfo with snake_case names, as some clients have seen it, or as documented. */
  public synchronized void spellKeyInfoInSnakeCase(boolean snakeCase) {
    engine.fundsQueries.spellKeyInfoInSnakeCase(snakeCase);
  }

  /**
   * Lets a key's calls overtake each other.
   *
   * @param window how far below the highest nonce one is still taken, in the nonce's own unit
   */
  public synchronized void setNonceWindow(String apiKey, long window) {
    ApiKey key = engine.state.key(apiKey);
    if (key == null) {
      throw new IllegalArgumentException("unknown key");
    }
    engine.state.put(key.withWindow(window));
    engine.save();
  }

  /** No websocket token issued so far opens anything new. */
  public synchronized void revokeSocketTokens() {
    engine.tokens.revokeAll();
  }

  /**
   * Fixes a pair's price, with a deep book, until {@link #releasePrice}. Resting orders that it
   * reaches are filled before this returns.
   *
   * @param pair any of the pair's names
   */
  public synchronized void setPrice(String pair, String bid, String ask) {
    fix(pair, Quote.deep(new BigDecimal(bid), new BigDecimal(ask), new BigDecimal(bid)));
  }

  /** As {@link #setPrice}, with no more volume than given: what is taken is gone. Base units. */
  public synchronized void setBook(
      String pair, String bid, String bidVolume, String ask, String askVolume) {
    fix(
        pair,
        new Quote(
            new BigDecimal(bid),
            new BigDecimal(ask),
            new BigDecimal(bid),
            new BigDecimal(bidVolume),
            new BigDecimal(askVolume)));
  }

  private void fix(String pair, Quote quote) {
    engine.board.fix(known(pair), quote);
    engine.settle();
  }

  /** True for any name of a pair that is traded here. */
  public boolean hasPair(String name) {
    return pairs.find(name) != null;
  }

  /** Methods that a fault can be set for, without the path: "AddOrder", "Ticker", ... */
  public static Set<String> endpoints() {
    Set<String> names = new TreeSet<>(PublicQueries.ENDPOINTS);
    for (PrivateEndpoint endpoint : PrivateEndpoint.values()) {
      names.add(endpoint.wireName());
    }
    names.add(FaultSwitches.EVERY_ENDPOINT);
    return names;
  }

  /** Status of the system and, by symbol, of the pairs that are not online. */
  public synchronized Map<String, String> statuses() {
    Map<String, String> statuses = new TreeMap<>();
    statuses.put("system", engine.board.systemStatus());
    for (Pair pair : pairs.all()) {
      if (!engine.board.pairStatus(pair).equals(MarketBoard.ONLINE)) {
        statuses.put(pair.symbol(), engine.board.pairStatus(pair));
      }
    }
    return statuses;
  }

  /** The price moves again with its source. */
  public synchronized void releasePrice(String pair) {
    engine.board.release(known(pair));
    engine.settle();
  }

  /** SystemStatus: online, maintenance, cancel_only, post_only or limit_only. */
  public synchronized void setSystemStatus(String status) {
    engine.board.setSystemStatus(status);
    engine.publish();
  }

  /** The pair's status in AssetPairs: online, cancel_only, post_only, limit_only, ... */
  public synchronized void setPairStatus(String pair, String status) {
    engine.board.setPairStatus(known(pair), status);
    engine.publish();
  }

  /**
   * Kraken changes a rule of the pair: what clients learned from AssetPairs before is wrong now.
   *
   * @param volume the new least volume of an order, base units, positive
   */
  public synchronized void setOrderMin(String pair, BigDecimal volume) {
    if (volume.signum() <= 0) {
      throw new IllegalArgumentException("the least volume must be positive: " + volume);
    }
    engine.board.setOrderMin(known(pair), volume);
  }

  /** For tests of the state file: what {@link #SimulatedExchange} would read back. */
  synchronized void saveTo(StateFile file) {
    file.save(engine.state);
  }

  private Pair known(String name) {
    Pair pair = pairs.find(name);
    if (pair == null) {
      throw new IllegalArgumentException("unknown pair " + name);
    }
    return pair;
  }
}
