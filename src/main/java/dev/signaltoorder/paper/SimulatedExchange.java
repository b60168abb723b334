package dev.signaltoorder.paper;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The simulated Kraken itself: accounts, book, matching, answers. One caller at a time: every
 * public method holds the lock, and everything behind it is plain single-threaded code. Knows
 * nothing of HTTP servers.
 */
public final class SimulatedExchange {

  private final Clock clock;
  private final Pairs pairs;
  private final @Nullable StateFile file;
  private final ExchangeState state;
  private final MarketBoard board;
  private final Gatekeeper gatekeeper;
  private final Matching matching;
  private final PrivateCalls calls;
  private final Funds funds;
  private final PaperKeys keys;
  private final SocketMethods socketMethods;
  private final SocketHub hub = new SocketHub();
  private final PublicQueries publicQueries;
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
    this.clock = clock;
    this.pairs = pairs;
    this.file = file;
    this.state = file == null ? new ExchangeState() : file.load();
    state.forgetEvents();
    this.board = new MarketBoard(prices);
    this.gatekeeper = new Gatekeeper(state);
    SecureRandom random = new SecureRandom();
    OrderIds ids = new OrderIds(random);
    this.keys = new PaperKeys(state, openingBalances, random);
    SocketTokens tokens = new SocketTokens(random);
    this.matching = new Matching(state, pairs, board, ids);
    this.funds = new Funds(state, pairs, board);
    OrderEntry entry =
        new OrderEntry(state, funds, board, matching, new AddOrderCheck(pairs, board), ids);
    this.calls =
        new PrivateCalls(
            entry,
            new OrderQueries(state, new OrderRendering(pairs, state)),
            new FundsQueries(state, pairs, funds),
            tokens);
    SocketChannels channels =
        new SocketChannels(pairs, board, state, new ExecutionReports(pairs, state, funds), tokens);
    this.socketMethods = new SocketMethods(board, channels, new SocketTrading(channels, calls));
    this.publicQueries = new PublicQueries(pairs, board);
  }

  /**
   * Answers a call with Kraken's envelope.
   *
   * @param hiddenFor how long queries must not show an order placed by it
   */
  synchronized ObjectNode answer(ApiRequest request, Duration hiddenFor) {
    try {
      if (request.isPublic()) {
        if (!request.method().equals("GET")) {
          throw new Refusal("EGeneral:Unknown method");
        }
        return Json.success(
            publicQueries.answer(request.endpoint(), Parameters.of(request), now()));
      }
      return execute(admit(request), hiddenFor);
    } catch (Refusal refusal) {
      return Json.failure(refusal.error());
    }
  }

  /** Lets a private call in; its nonce is used up, whatever becomes of it. */
  synchronized PrivateCalls.Admitted admit(ApiRequest request) throws Refusal {
    PrivateEndpoint endpoint = PrivateEndpoint.named(request.endpoint());
    if (!request.isPrivate() || !request.method().equals("POST") || endpoint == null) {
      throw new Refusal("EGeneral:Unknown method");
    }
    Parameters parameters = Parameters.of(request);
    ApiKey key = gatekeeper.admit(request, parameters);
    save();
    if (!endpoint.isAllowed(key)) {
      throw new Refusal("EGeneral:Permission denied");
    }
    return new PrivateCalls.Admitted(key, endpoint, parameters, now());
  }

  /** Executes an admitted call, at once or later. What it changed is durable when it returns. */
  synchronized ObjectNode execute(PrivateCalls.Admitted call, Duration hiddenFor) {
    settle();
    try {
      ObjectNode result = calls.result(call, hiddenFor, now());
      if (changesTheBook(call.endpoint())) {
        save();
        publish();
      }
      return Json.success(result);
    } catch (Refusal refusal) {
      return Json.failure(refusal.error());
    }
  }

  private static boolean changesTheBook(PrivateEndpoint endpoint) {
    return switch (endpoint) {
      case ADD_ORDER, CANCEL_ORDER, CANCEL_ALL -> true;
      default -> false;
    };
  }

  /** Lets resting orders meet the market as it is now. */
  synchronized void settle() {
    if (matching.settle(now())) {
      save();
    }
    publish();
  }

  /** Tells the websockets what changed; after it was saved. */
  private void publish() {
    hub.publish(board.systemStatus(), state.takeEvents(now()), now());
  }

  /** A new websocket connection; it is greeted before this returns. */
  synchronized SocketSession connect(boolean isPrivate, Consumer<ObjectNode> outlet) {
    SocketSession session = new SocketSession(socketMethods, isPrivate, outlet, now());
    hub.add(session);
    session.publish(board.systemStatus(), List.of(), now());
    return session;
  }

  /** Handles one message of a websocket client. */
  synchronized void receive(SocketSession session, String text) {
    settle();
    session.receive(text, now());
    if (state.hasEvents()) {
      save();
      publish();
    }
  }

  synchronized void disconnect(SocketSession session) {
    hub.remove(session);
  }

  synchronized boolean isIdle(SocketSession session) {
    return session.isIdle(now());
  }

  /** Value of the {@code X-Price-Origin} header. Without the lock: asked on the event loop. */
  String priceOrigin() {
    return board.origin();
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  private void save() {
    if (file != null) {
      file.save(state);
    }
  }

  /**
   * The account of this name with its first API key, made with opening balances if there is none:
   * the same key after a restart with a state file.
   */
  public synchronized PaperAccount createAccount(String name) {
    PaperAccount account = keys.account(name, now());
    save();
    return account;
  }

  /** Another key, with permissions of its own, for an account that is made if there is none. */
  public synchronized PaperAccount createKey(String account, Set<KeyPermission> permissions) {
    PaperAccount key = keys.another(account, permissions, now());
    save();
    return key;
  }

  /** As {@link #createAccount} with a key that was chosen elsewhere; keeps a known key's nonce. */
  synchronized PaperAccount adoptKey(String account, String key, String secret) {
    PaperAccount adopted = keys.adopt(account, key, secret, now());
    save();
    return adopted;
  }

  /** All orders ever accepted, oldest first, hidden ones too. Validated ones are none. */
  public synchronized List<PaperOrder> orders() {
    return List.copyOf(state.orders());
  }

  /** All fills ever, oldest first. */
  public synchronized List<PaperTrade> trades() {
    return List.copyOf(state.trades());
  }

  /** How many AddOrder calls were accepted and placed an order. */
  public synchronized int acceptedAddOrders() {
    return state.orders().size();
  }

  /** Balance of an asset id, held part included. */
  public synchronized BigDecimal balance(String account, String asset) {
    return state.balance(account, asset);
  }

  /** What open orders bind of an asset id. */
  public synchronized BigDecimal held(String account, String asset) {
    return funds.held(account, asset);
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
    board.fix(known(pair), quote);
    settle();
  }

  /** The price moves again with its source. */
  public synchronized void releasePrice(String pair) {
    board.release(known(pair));
    settle();
  }

  /** SystemStatus: online, maintenance, cancel_only, post_only or limit_only. */
  public synchronized void setSystemStatus(String status) {
    board.setSystemStatus(status);
    publish();
  }

  /** The pair's status in AssetPairs: online, cancel_only, post_only, limit_only, ... */
  public synchronized void setPairStatus(String pair, String status) {
    board.setPairStatus(known(pair), status);
    publish();
  }

  private Pair known(String name) {
    Pair pair = pairs.find(name);
    if (pair == null) {
      throw new IllegalArgumentException("unknown pair " + name);
    }
    return pair;
  }
}
