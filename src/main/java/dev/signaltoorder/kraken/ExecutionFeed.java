package dev.signaltoorder.kraken;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The private websocket of one account: its orders and fills. Hands on every message, also one that
 * is repeated or late: each says for itself what it is about. The numbers of the messages only tell
 * whether any is missing; then the channel is subscribed anew, for a new snapshot. Driven by one
 * thread, its status read by any.
 */
final class ExecutionFeed implements FeedProtocol {

  /** A connection that has said nothing for this long is dead. Heartbeats come once a second. */
  static final Duration SILENCE = Duration.ofSeconds(10);

  private static final Duration ASK_AFTER = Duration.ofSeconds(4);
  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final int MOST_GAPS = 5;
  private static final Duration GAPS_FORGOTTEN = Duration.ofMinutes(1);

  private final String name;
  private final String path;
  private final Supplier<UUID> ids;
  private final ExecutionListener listener;
  private final FeedCounters counters = new FeedCounters();
  private @Nullable String token;
  private @Nullable Long lastSequence;
  private @Nullable String ratePoints;
  private boolean open;
  private boolean asked;
  private boolean whole;
  private boolean tokenRenewed;
  private long waitingSince;
  private long gapsSince;
  private int recentGaps;

  /**
   * @param name the account's
   * @param path of the websocket, for the records
   * @param ids UUIDv7, for the records
   */
  ExecutionFeed(String name, String path, Supplier<UUID> ids, ExecutionListener listener) {
    this.name = name;
    this.path = path;
    this.ids = ids;
    this.listener = listener;
  }

  @Override
  public synchronized List<FeedAction> opened(FeedTime now) {
    counters.opened(now);
    open = true;
    asked = false;
    tokenRenewed = false;
    recentGaps = 0;
    begin(now);
    return List.of(new FeedAction.WantToken());
  }

  private void begin(FeedTime now) {
    whole = false;
    lastSequence = null;
    waitingSince = now.nanos();
  }

  @Override
  public synchronized List<FeedAction> token(String value, FeedTime now) {
    if (!open) {
      return List.of();
    }
    token = value;
    waitingSince = now.nanos();
    return List.of(new FeedAction.Send(WsMessages.executions(value)));
  }

  @Override
  public synchronized void closed(String reason, FeedTime now) {
    open = false;
    counters.closed(reason);
    broken(reason);
  }

  /** There is no whole picture any more. */
  private void broken(String why) {
    if (whole) {
      whole = false;
      listener.changed(false, why);
    }
  }

  @Override
  public synchronized List<FeedAction> received(byte[] raw, FeedTime now) {
    asked = false;
    try {
      JsonNode message = WsMessages.read(raw);
      String channel = message.path("channel").asText(message.path("method").asText("unknown"));
      counters.received(channel, now);
      return switch (channel) {
        case "executions" -> executions(message, raw, now);
        case "subscribe" -> answer(message, now);
        default -> List.of();
      };
    } catch (UnreadableAnswerException e) {
      // A fill may have been in it.
      counters.unreadable();
      broken("a message could not be read");
      return List.of(new FeedAction.Reconnect("a message could not be read: " + e.getMessage()));
    }
  }

  private List<FeedAction> executions(JsonNode message, byte[] raw, FeedTime now)
      throws UnreadableAnswerException {
    boolean snapshot = message.path("type").asText("").equals("snapshot");
    List<ExecutionReport> reports = ExecutionReading.of(message.path("data"));
    JsonNode points = message.at("/data/0/ratecount");
    ratePoints = points.isMissingNode() ? ratePoints : points.asText();
    Long sequence = message.has("sequence") ? (Long) sequence(message) : null;
    listener.news(
        new ExecutionNews(
            ids.get(), path + "/executions", sequence, snapshot, now.at(), raw, reports));
    if (whole) {
      return follow(sequence, now);
    }
    if (snapshot) {
      whole = true;
      lastSequence = sequence;
      listener.changed(true, "snapshot received");
    }
    return List.of();
  }

  /** Numbers that come again, or late, are no loss; one that is ahead shows one. */
  private List<FeedAction> follow(@Nullable Long sequence, FeedTime now) {
    Long before = lastSequence;
    if (sequence == null || (before != null && sequence <= before)) {
      return List.of();
    }
    lastSequence = sequence;
    return before == null || sequence == before + 1 ? List.of() : gap(sequence - before - 1, now);
  }

  private static long sequence(JsonNode message) throws UnreadableAnswerException {
    return Fields.of(message, "the message").count("sequence");
  }

  private List<FeedAction> gap(long missing, FeedTime now) {
    counters.gap();
    broken(missing + " messages are missing");
    if (now.nanos() - gapsSince > GAPS_FORGOTTEN.toNanos()) {
      gapsSince = now.nanos();
      recentGaps = 0;
    }
    recentGaps++;
    String current = token;
    if (recentGaps > MOST_GAPS || current == null) {
      return List.of(new FeedAction.Reconnect("messages were lost too often"));
    }
    begin(now);
    return List.of(
        new FeedAction.Send(WsMessages.noExecutions(current)),
        new FeedAction.Send(WsMessages.executions(current)));
  }

  private List<FeedAction> answer(JsonNode message, FeedTime now) {
    if (message.path("success").asBoolean(false)) {
      return List.of();
    }
    String error = message.path("error").asText("no reason given");
    counters.trouble(error);
    boolean stale = error.startsWith("EAPI:Invalid token") || error.startsWith("ESession:");
    if (stale && !tokenRenewed) {
      tokenRenewed = true;
      begin(now);
      return List.of(new FeedAction.WantToken());
    }
    return error.contains("Permission denied")
        ? List.of(new FeedAction.SwitchOff("Kraken refused the subscription: " + error))
        : List.of(new FeedAction.Reconnect("Kraken refused the subscription: " + error));
  }

  @Override
  public synchronized List<FeedAction> tick(FeedTime now) {
    if (!open) {
      return List.of();
    }
    Duration silent = counters.silentFor(now);
    if (silent.compareTo(SILENCE) > 0) {
      String why = "no message for " + silent.toSeconds() + " s";
      broken(why);
      return List.of(new FeedAction.Reconnect(why));
    }
    if (!whole && now.nanos() - waitingSince > PATIENCE.toNanos()) {
      return List.of(new FeedAction.Reconnect("no snapshot of the orders came"));
    }
    if (!asked && silent.compareTo(ASK_AFTER) > 0) {
      asked = true;
      return List.of(new FeedAction.Send(WsMessages.PING));
    }
    return List.of();
  }

  synchronized FeedStatus status(FeedTime now) {
    boolean alive = open && counters.silentFor(now).compareTo(SILENCE) <= 0;
    Map<String, String> parts = new TreeMap<>();
    parts.put("executions", whole ? "good" : "awaiting snapshot");
    String points = ratePoints;
    if (points != null) {
      parts.put("rate counter", points);
    }
    return counters.status(name, open, alive, parts, now);
  }
}
