package dev.signaltoorder.trading;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** When each source sent its last signal, and which have fallen silent. */
final class Senders {
  private final Map<String, Instant> heard = new HashMap<>();
  private final Set<String> silent = new TreeSet<>();

  /** Everything, as values. */
  record Image(Map<String, Instant> heard, List<String> silent) {}

  void sent(String source, Instant at) {
    heard.put(source, at);
    silent.remove(source);
  }

  void fellSilent(String source) {
    silent.add(source);
  }

  /** Receipt of its last signal; null when there was none. */
  @Nullable Instant heard(String source) {
    return heard.get(source);
  }

  /** Sources that were told of as silent and have not sent since. */
  Set<String> silent() {
    return silent;
  }

  Image image() {
    return new Image(new TreeMap<>(heard), List.copyOf(silent));
  }

  void restore(Image image) {
    heard.putAll(image.heard());
    silent.addAll(image.silent());
  }
}
