package dev.signaltoorder.kraken;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The public websocket: exchange status, instruments, tickers and books of the wanted pairs. What
 * it cannot prove to be so, it does not hand out: after any loss a pair has no quote until a new
 * snapshot has come. Driven by one thread, read by any.
 */
final class PublicFeed implements FeedProtocol {

  /** A connection that has said nothing for this long is dead. Heartbeats come once a second. */
  static final Duration SILENCE = Duration.ofSeconds(5);

  private static final Duration ASK_AFTER = Duration.ofSeconds(2);
  private static final Duration SNAPSHOT_PATIENCE = Duration.ofSeconds(5);
  private static final Duration INSTRUMENTS_AGAIN = Duration.ofMinutes(1);
  private static final int MOST_LOSSES = 5;
  private static final Duration LOSSES_FORGOTTEN = Duration.ofMinutes(1);

  private final int depth;
  private final String path;
  private final Supplier<UUID> ids;
  private final FeedCounters counters = new FeedCounters();
  private final Map<String, FeedInstrument> instruments = new LinkedHashMap<>();
  private final Map<String, PairFeed> pairs = new TreeMap<>();
  private final Map<String, Long> gaps = new TreeMap<>();
  private final Map<String, String> refused = new TreeMap<>();
  private Set<String> wanted = Set.of();
  private boolean open;
  private boolean asked;
  private @Nullable String systemStatus;
  private long instrumentsAskedNanos;
  private long lossesSince;
  private int losses;

  /**
   * @param depth levels of a book: 10, 25, 100, 500 or 1000
   * @param path of the websocket, for the records
   * @param ids UUIDv7, for the records
   */
  PublicFeed(int depth, String path, Supplier<UUID> ids) {
    this.depth = depth;
    this.path = path;
    this.ids = ids;
  }

  /** Names the pairs that shall be followed, by their modern names; takes effect with a tick. */
  synchronized void want(Set<String> symbols) {
    wanted = Set.copyOf(symbols);
  }

  @Override
  public synchronized List<FeedAction> opened(FeedTime now) {
    forget();
    open = true;
    instrumentsAskedNanos = now.nanos();
    counters.opened(now);
    return List.of(new FeedAction.Send(WsMessages.instruments("subscribe")));
  }

  @Override
  public synchronized void closed(String reason, FeedTime now) {
    forget();
    counters.closed(reason);
  }

  private void forget() {
    open = false;
    asked = false;
    pairs.forEach((symbol, pair) -> gaps.put(symbol, pair.gaps() + 1));
    pairs.clear();
    instruments.clear();
    refused.clear();
    systemStatus = null;
    losses = 0;
  }

  @Override
  public synchronized List<FeedAction> received(byte[] raw, FeedTime now) {
    asked = false;
    try {
      JsonNode message = WsMessages.read(raw);
      String channel = message.path("channel").asText(message.path("method").asText("unknown"));
      counters.received(channel, now);
      boolean snapshot = message.path("type").asText("").equals("snapshot");
      JsonNode data = message.path("data");
      return switch (channel) {
        case "status" -> status(data);
        case "instrument" -> instruments(data, now);
        case "ticker" -> tickers(data, raw, now);
        case "book" -> books(data, snapshot, now);
        case "subscribe" -> answer(message);
        default -> List.of();
      };
    } catch (UnreadableAnswerException e) {
      // What it was about cannot be known: everything may have changed.
      counters.unreadable();
      return List.of(new FeedAction.Reconnect("a message could not be read: " + e.getMessage()));
    }
  }

  private List<FeedAction> status(JsonNode data) throws UnreadableAnswerException {
    systemStatus = Fields.of(data.path(0), "the status").text("system");
    return List.of();
  }

  private List<FeedAction> instruments(JsonNode data, FeedTime now)
      throws UnreadableAnswerException {
    for (JsonNode row : data.path("pairs")) {
      FeedInstrument instrument = instrument(row);
      if (instrument != null) {
        instruments.put(instrument.symbol(), instrument);
      }
    }
    return follow(now);
  }

  /** Null for one that cannot be read: there are thousands, and one may be odd. */
  private static @Nullable FeedInstrument instrument(JsonNode row) {
    try {
      Fields fields = Fields.of(row, "a pair");
      return new FeedInstrument(
          fields.text("symbol"),
          fields.text("status"),
          fields.count("price_precision"),
          fields.count("qty_precision"),
          fields.notNegative("price_increment"),
          fields.notNegative("qty_min"));
    } catch (UnreadableAnswerException e) {
      return null;
    }
  }

  private List<FeedAction> tickers(JsonNode data, byte[] raw, FeedTime now) {
    List<FeedAction> actions = new ArrayList<>();
    for (JsonNode row : data) {
      PairFeed pair = pairs.get(row.path("symbol").asText(""));
      if (pair != null && !pair.ticker(row, raw, now)) {
        counters.unreadable();
        actions.add(new FeedAction.Reconnect("a ticker could not be read"));
      }
    }
    return actions;
  }

  private List<FeedAction> books(JsonNode data, boolean snapshot, FeedTime now) {
    List<FeedAction> actions = new ArrayList<>();
    for (JsonNode row : data) {
      String symbol = row.path("symbol").asText("");
      PairFeed pair = pairs.get(symbol);
      if (pair != null && !pair.book(row, snapshot, now)) {
        counters.checksumFailed();
        actions.addAll(lost(symbol, pair, now));
      }
    }
    return actions;
  }

  private List<FeedAction> lost(String symbol, PairFeed pair, FeedTime now) {
    pair.lose(Objects.requireNonNull(instruments.get(symbol)), now.nanos());
    counters.gap();
    if (now.nanos() - lossesSince > LOSSES_FORGOTTEN.toNanos()) {
      lossesSince = now.nanos();
      losses = 0;
    }
    losses++;
    if (losses > MOST_LOSSES) {
      return List.of(new FeedAction.Reconnect("the books were lost too often"));
    }
    List<String> one = List.of(symbol);
    return List.of(
        new FeedAction.Send(WsMessages.book("unsubscribe", depth, one)),
        new FeedAction.Send(WsMessages.book("subscribe", depth, one)));
  }

  private List<FeedAction> answer(JsonNode message) {
    if (message.path("success").asBoolean(false)) {
      return List.of();
    }
    String symbol = message.path("symbol").asText(message.at("/params/symbol/0").asText(""));
    refused.put(symbol, message.path("error").asText("no reason given"));
    pairs.remove(symbol);
    return List.of();
  }

  @Override
  public synchronized List<FeedAction> tick(FeedTime now) {
    if (!open) {
      return List.of();
    }
    Duration silent = counters.silentFor(now);
    if (silent.compareTo(SILENCE) > 0) {
      return List.of(new FeedAction.Reconnect("no message for " + silent.toSeconds() + " s"));
    }
    Duration sinceAsked = Duration.ofNanos(now.nanos() - instrumentsAskedNanos);
    if (instruments.isEmpty() && sinceAsked.compareTo(SNAPSHOT_PATIENCE) > 0) {
      return List.of(new FeedAction.Reconnect("no list of instruments came"));
    }
    List<FeedAction> actions = new ArrayList<>(follow(now));
    for (PairFeed pair : pairs.values()) {
      Long since = pair.incompleteSince();
      if (since != null && now.nanos() - since > SNAPSHOT_PATIENCE.toNanos()) {
        return List.of(new FeedAction.Reconnect("no snapshot of a book or ticker came"));
      }
    }
    if (sinceAsked.compareTo(INSTRUMENTS_AGAIN) > 0 && !instruments.keySet().containsAll(wanted)) {
      instrumentsAskedNanos = now.nanos();
      actions.add(new FeedAction.Send(WsMessages.instruments("unsubscribe")));
      actions.add(new FeedAction.Send(WsMessages.instruments("subscribe")));
    }
    if (!asked && silent.compareTo(ASK_AFTER) > 0) {
      asked = true;
      actions.add(new FeedAction.Send(WsMessages.PING));
    }
    return actions;
  }

  /** Subscribes what is wanted and known, and leaves what is not wanted any more. */
  private List<FeedAction> follow(FeedTime now) {
    List<FeedAction> actions = new ArrayList<>();
    List<String> leave = pairs.keySet().stream().filter(name -> !wanted.contains(name)).toList();
    if (!leave.isEmpty()) {
      for (String name : leave) {
        gaps.put(name, Objects.requireNonNull(pairs.get(name)).gaps() + 1);
        pairs.remove(name);
      }
      actions.add(new FeedAction.Send(WsMessages.ticker("unsubscribe", leave)));
      actions.add(new FeedAction.Send(WsMessages.book("unsubscribe", depth, leave)));
    }
    List<String> join = new ArrayList<>();
    for (String name : wanted) {
      FeedInstrument instrument = instruments.get(name);
      if (instrument != null && !pairs.containsKey(name) && !refused.containsKey(name)) {
        long gapsBefore = gaps.getOrDefault(name, 0L);
        pairs.put(name, new PairFeed(instrument, depth, gapsBefore, now.nanos()));
        join.add(name);
      }
    }
    if (!join.isEmpty()) {
      join.sort(null);
      actions.add(new FeedAction.Send(WsMessages.ticker("subscribe", join)));
      actions.add(new FeedAction.Send(WsMessages.book("subscribe", depth, join)));
    }
    return actions;
  }

  /** The pair's market; empty unless the connection is alive and the picture whole. */
  synchronized Optional<FeedQuote> quote(String symbol, FeedTime now) {
    PairFeed pair = isAlive(now) ? pairs.get(symbol) : null;
    return pair == null ? Optional.empty() : pair.quote(path, ids);
  }

  /** The pair's instrument; empty unless the connection is alive. */
  synchronized Optional<FeedInstrument> instrument(String symbol, FeedTime now) {
    return isAlive(now) ? Optional.ofNullable(instruments.get(symbol)) : Optional.empty();
  }

  /** The exchange's status; empty unless the connection is alive and said it. */
  synchronized Optional<String> systemStatus(FeedTime now) {
    return isAlive(now) ? Optional.ofNullable(systemStatus) : Optional.empty();
  }

  private boolean isAlive(FeedTime now) {
    return open && counters.silentFor(now).compareTo(SILENCE) <= 0;
  }

  synchronized FeedStatus status(FeedTime now) {
    Map<String, String> states = new TreeMap<>();
    wanted.forEach(name -> states.put(name, "waiting"));
    pairs.forEach((name, pair) -> states.put(name, pair.isGood() ? "good" : "awaiting snapshot"));
    refused.forEach((name, why) -> states.put(name, "refused: " + why));
    return counters.status("public", open, isAlive(now), states, now);
  }
}
