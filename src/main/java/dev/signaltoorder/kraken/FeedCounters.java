package dev.signaltoorder.kraken;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a feed counts. Not thread-safe: its owner is. */
final class FeedCounters {

  private static final int MOST_CHANNELS = 20;

  private final Map<String, Long> lastNanos = new TreeMap<>();
  private long lastMessageNanos;
  private long connects;
  private long checksumFailures;
  private long gaps;
  private long unreadable;
  private @Nullable String lastTrouble;

  void opened(FeedTime now) {
    connects++;
    lastMessageNanos = now.nanos();
  }

  void closed(String reason) {
    lastTrouble = reason;
  }

  void received(String channel, FeedTime now) {
    lastMessageNanos = now.nanos();
    if (lastNanos.containsKey(channel) || lastNanos.size() < MOST_CHANNELS) {
      lastNanos.put(channel, now.nanos());
    }
  }

  void checksumFailed() {
    checksumFailures++;
  }

  void gap() {
    gaps++;
  }

  void unreadable() {
    unreadable++;
  }

  void trouble(String what) {
    lastTrouble = what;
  }

  Duration silentFor(FeedTime now) {
    return Duration.ofNanos(now.nanos() - lastMessageNanos);
  }

  FeedStatus status(
      String name, boolean connected, boolean alive, Map<String, String> parts, FeedTime now) {
    Map<String, Long> ages = new TreeMap<>();
    lastNanos.forEach(
        (channel, nanos) -> ages.put(channel, Duration.ofNanos(now.nanos() - nanos).toMillis()));
    return new FeedStatus(
        name,
        connected,
        alive,
        connects,
        checksumFailures,
        gaps,
        unreadable,
        ages,
        parts,
        lastTrouble);
  }
}
