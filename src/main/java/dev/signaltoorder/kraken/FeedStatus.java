package dev.signaltoorder.kraken;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How a websocket feed stands, for operators and metrics.
 *
 * @param name "public", or the account's name
 * @param connected a connection stands
 * @param alive it does, and spoke within the last seconds
 * @param connects connections opened since the start
 * @param checksumFailures books that were not what Kraken says they are
 * @param gaps losses of any kind, after which a picture was begun anew
 * @param unreadable messages that could not be read
 * @param messageAgesMs channel to milliseconds since its last message
 * @param parts what the feed carries, and how that stands
 * @param lastTrouble why the last connection ended, or null
 */
public record FeedStatus(
    String name,
    boolean connected,
    boolean alive,
    long connects,
    long checksumFailures,
    long gaps,
    long unreadable,
    Map<String, Long> messageAgesMs,
    Map<String, String> parts,
    @Nullable String lastTrouble) {

  /** Copies the maps, sorted. */
  public FeedStatus {
    messageAgesMs = Map.copyOf(messageAgesMs);
    parts = Map.copyOf(new TreeMap<>(parts));
  }
}
