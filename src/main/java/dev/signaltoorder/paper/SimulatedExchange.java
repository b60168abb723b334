package dev.signaltoorder.paper;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The simulated Kraken itself: accounts, book, matching, answers. One caller at a time: every
 * public method holds the lock, and everything behind it is plain single-threaded code. Knows
 * nothing of HTTP servers.
 */
public final class SimulatedExchange {

  private final Clock clock;
  private final Pairs pairs;
  private final Map<String, BigDecimal> openingBalances;
  private final @Nullable StateFile file;
  private final ExchangeState state;
  private final MarketBoard board;
  private final Gatekeeper gatekeeper;
  private final Matching matching;
  private final OrderEntry entry;
  private final OrderQueries orderQueries;
  private final FundsQueries fundsQueries;
  private final Funds funds;
  private final PublicQueries publicQueries;
  private final FaultSwitches faults = new FaultSwitches();
  private final SecureRandom random = new SecureRandom();

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
    this.openingBalances = openingBalances;
    this.file = file;
    this.state = file == null ? new ExchangeState() : file.load();
    this.board = new MarketBoard(prices);
    this.gatekeeper = new Gatekeeper(state);
    OrderIds ids = new OrderIds(random);
    this.matching = new Matching(state, pairs, board, ids);
    this.funds = new Funds(state, pairs, board);
    this.entry =
        new OrderEntry(state, funds, board, matching, new AddOrderCheck(pairs, board), ids);
    this.orderQueries = new OrderQueries(state, new OrderRendering(pairs, state));
    this.fundsQueries = new FundsQueries(state, pairs, funds);
    this.publicQueries = new PublicQueries(pairs, board);
  }

  /** A private call that passed the gate. */
  record Admitted(
      ApiKey key, PrivateEndpoint endpoint, Parameters parameters, Instant receivedAt) {}

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
  synchronized Admitted admit(ApiRequest request) throws Refusal {
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
    return new Admitted(key, endpoint, parameters, now());
  }

  /** Executes an admitted call, at once or later. What it changed is durable when it returns. */
  synchronized ObjectNode execute(Admitted call, Duration hiddenFor) {
    settle();
    try {
      ObjectNode result = result(call, hiddenFor);
      if (changesTheBook(call.endpoint())) {
        save();
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

  private ObjectNode result(Admitted call, Duration hiddenFor) throws Refusal {
    String account = call.key().account();
    Parameters parameters = call.parameters();
    Instant now = now();
    return switch (call.endpoint()) {
      case ADD_ORDER -> entry.add(account, parameters, call.receivedAt(), now, hiddenFor);
      case CANCEL_ORDER -> entry.cancel(account, parameters, now);
      case CANCEL_ALL -> entry.cancelAll(account, now);
      case OPEN_ORDERS -> orderQueries.open(account, parameters, now);
      case CLOSED_ORDERS -> orderQueries.closed(account, parameters, now);
      case QUERY_ORDERS ->
          orderQueries.byTxid(
              account,
              parameters,
              now,
              call.key().mayAny(KeyPermission.QUERY_OPEN_TRADES),
              call.key().mayAny(KeyPermission.QUERY_CLOSED_TRADES));
      case TRADES_HISTORY -> orderQueries.trades(account, parameters, now);
      case BALANCE -> fundsQueries.balance(account);
      case BALANCE_EX -> fundsQueries.balanceEx(account);
      case TRADE_BALANCE -> fundsQueries.tradeBalance(account, parameters);
      case TRADE_VOLUME -> fundsQueries.tradeVolume(account, parameters, now);
      case GET_API_KEY_INFO -> fundsQueries.keyInfo(call.key(), now);
      case WITHDRAW_METHODS -> Json.object();
    };
  }

  /** Lets resting orders meet the market as it is now. */
  synchronized void settle() {
    if (matching.settle(now())) {
      save();
    }
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
    for (ApiKey key : state.keys()) {
      if (key.account().equals(name)) {
        return new PaperAccount(name, key.key(), key.secret());
      }
    }
    return createKey(name, KeyPermission.trading());
  }

  /** Another key, with permissions of its own, for an account that is made if there is none. */
  public synchronized PaperAccount createKey(String account, Set<KeyPermission> permissions) {
    return putKey(account, randomText(42), randomText(64), permissions);
  }

  /** As {@link #createAccount} with a key that was chosen elsewhere; keeps a known key's nonce. */
  synchronized PaperAccount adoptKey(String account, String key, String secret) {
    ApiKey known = state.key(key);
    if (known != null && known.secret().equals(secret) && known.account().equals(account)) {
      return new PaperAccount(account, key, secret);
    }
    return putKey(account, key, secret, KeyPermission.trading());
  }

  private PaperAccount putKey(
      String account, String key, String secret, Set<KeyPermission> permissions) {
    if (!state.hasAccount(account)) {
      state.openAccount(account, openingBalances);
    }
    state.put(new ApiKey(key, secret, account, Set.copyOf(permissions), 0, now()));
    save();
    return new PaperAccount(account, key, secret);
  }

  private String randomText(int bytes) {
    byte[] random64 = new byte[bytes];
    random.nextBytes(random64);
    return Base64.getEncoder().encodeToString(random64);
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
  }

  /** SystemStatus: online, maintenance, cancel_only, post_only or limit_only. */
  public synchronized void setSystemStatus(String status) {
    board.setSystemStatus(status);
  }

  /** The pair's status in AssetPairs: online, cancel_only, post_only, limit_only, ... */
  public synchronized void setPairStatus(String pair, String status) {
    board.setPairStatus(known(pair), status);
  }

  private Pair known(String name) {
    Pair pair = pairs.find(name);
    if (pair == null) {
      throw new IllegalArgumentException("unknown pair " + name);
    }
    return pair;
  }
}
