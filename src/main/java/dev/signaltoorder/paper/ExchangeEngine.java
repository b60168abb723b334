package dev.signaltoorder.paper;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The parts of the exchange and how they work together. Plain single-threaded code: {@link
 * SimulatedExchange} holds the lock.
 */
final class ExchangeEngine {

  private static final Duration CONNECT_WINDOW = Duration.ofMinutes(10);

  /** Per address; here there is only one. */
  static final int CONNECTIONS_MAX = 150;

  private final Clock clock;
  private final @Nullable StateFile file;
  private final Gatekeeper gatekeeper;
  private final Settlement settlement;
  private final OrderEntry entry;
  private final PrivateCalls calls;
  private final PublicQueries publicQueries;
  private final SocketMethods socketMethods;
  private final SocketHub hub = new SocketHub();
  private final CallCounters callCounters = new CallCounters();
  private final TradingCounters tradingCounters = new TradingCounters();
  private final DeadMansSwitch deadMansSwitch = new DeadMansSwitch();
  private final Deque<Instant> connections = new ArrayDeque<>();
  private boolean enforced;
  final ExchangeState state;
  final MarketBoard board;
  final Funds funds;
  final FundsQueries fundsQueries;
  final PaperKeys keys;
  final SocketTokens tokens;

  ExchangeEngine(
      Clock clock,
      Pairs pairs,
      PriceSource prices,
      Map<String, BigDecimal> openingBalances,
      @Nullable StateFile file) {
    this.clock = clock;
    this.file = file;
    this.state = file == null ? new ExchangeState() : file.load();
    state.forgetEvents();
    this.board = new MarketBoard(prices, state);
    this.gatekeeper = new Gatekeeper(state, callCounters);
    SecureRandom random = new SecureRandom();
    OrderIds ids = new OrderIds(random);
    this.keys = new PaperKeys(state, openingBalances, random);
    this.tokens = new SocketTokens(random);
    this.funds = new Funds(state, pairs, board);
    Matching matching = new Matching(state, pairs, board, funds, ids);
    this.settlement = new Settlement(state, pairs, board, matching);
    AddOrderCheck check = new AddOrderCheck(pairs, board);
    this.entry = new OrderEntry(state, funds, board, matching, check, tradingCounters);
    this.fundsQueries = new FundsQueries(state, pairs, funds);
    this.calls =
        new PrivateCalls(
            entry,
            new OrderChange(
                state, pairs, board, matching, entry, check, tradingCounters, ids, funds),
            deadMansSwitch,
            new OrderQueries(state, new OrderRendering(pairs, state)),
            fundsQueries,
            tokens);
    SocketChannels channels =
        new SocketChannels(
            pairs,
            board,
            state,
            new ExecutionReports(pairs, state, funds),
            tokens,
            tradingCounters);
    this.socketMethods = new SocketMethods(board, channels, new SocketTrading(channels, calls));
    this.publicQueries = new PublicQueries(pairs, board, new PublicTrades(pairs, board, state));
  }

  Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  void save() {
    if (file != null) {
      file.save(state);
    }
  }

  ObjectNode answerPublic(ApiRequest request) throws Refusal {
    if (!request.method().equals("GET")) {
      throw new Refusal("EGeneral:Unknown method");
    }
    return Json.success(publicQueries.answer(request.endpoint(), Parameters.of(request), now()));
  }

  PrivateCalls.Admitted admit(ApiRequest request) throws Refusal {
    PrivateEndpoint endpoint = PrivateEndpoint.named(request.endpoint());
    if (!request.isPrivate() || !request.method().equals("POST") || endpoint == null) {
      throw new Refusal("EGeneral:Unknown method");
    }
    Parameters parameters = Parameters.of(request);
    ApiKey key = gatekeeper.admit(request, parameters, endpoint, now());
    save();
    if (!endpoint.isAllowed(key)) {
      throw new Refusal("EGeneral:Permission denied");
    }
    return new PrivateCalls.Admitted(key, endpoint, parameters, now(), AddOrderCheck.DEADLINE_MIN);
  }

  ObjectNode execute(PrivateCalls.Admitted call, Duration hiddenFor) throws Refusal {
    settle();
    ObjectNode result = calls.result(call, hiddenFor, now());
    if (call.endpoint().changesTheBook()) {
      save();
      publish();
    }
    return Json.success(result);
  }

  /** Brings orders up to now and tells the websockets what changed, after it was saved. */
  void settle() {
    Instant now = now();
    List<String> silent = deadMansSwitch.due(now);
    silent.forEach(account -> entry.cancelSilently(account, now));
    if (settlement.settle(now) || !silent.isEmpty()) {
      save();
    }
    publish();
  }

  void publish() {
    hub.publish(board.systemStatus(), state.takeEvents(now()), now());
  }

  /** Counts a websocket connection; false if there were too many from this address of late. */
  boolean mayConnect() {
    Instant now = now();
    while (!connections.isEmpty() && connections.getFirst().isBefore(now.minus(CONNECT_WINDOW))) {
      connections.removeFirst();
    }
    if (enforced && connections.size() >= CONNECTIONS_MAX) {
      return false;
    }
    connections.addLast(now);
    return true;
  }

  SocketSession connect(boolean isPrivate, Consumer<ObjectNode> outlet) {
    SocketSession session = new SocketSession(socketMethods, isPrivate, outlet, now());
    hub.add(session);
    session.publish(board.systemStatus(), List.of(), now());
    return session;
  }

  void receive(SocketSession session, String text) {
    settle();
    session.receive(text, now());
    if (state.hasEvents()) {
      save();
      publish();
    }
  }

  void disconnect(SocketSession session) {
    hub.remove(session);
  }

  void enforce(@Nullable TradingTier tier) {
    enforced = tier != null;
    callCounters.enforce(tier);
    tradingCounters.enforce(tier);
  }
}
