package dev.signaltoorder.trading;

import dev.signaltoorder.risk.Side;
import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;

/** What each strategy holds in each pair: the fold of all fills. Base units. */
final class Positions {
  private final Map<String, Map<String, BigDecimal>> byPair = new TreeMap<>();

  /** Adds what an order executed beyond {@code before}. */
  void filled(OrderIntent intent, Execution before, Execution after) {
    BigDecimal change = after.volume().subtract(before.volume());
    if (change.signum() == 0) {
      return;
    }
    BigDecimal signed = intent.plan().side() == Side.BUY ? change : change.negate();
    byPair
        .computeIfAbsent(intent.plan().pair(), pair -> new TreeMap<>())
        .merge(intent.strategy(), signed, BigDecimal::add);
  }

  /** Held by one strategy; negative when it sold what others bought. */
  BigDecimal of(String pair, String strategy) {
    return byPair.getOrDefault(pair, Map.of()).getOrDefault(strategy, BigDecimal.ZERO);
  }

  /** Held by all strategies together. */
  BigDecimal of(String pair) {
    return byPair.getOrDefault(pair, Map.of()).values().stream()
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  /** Pair to strategy to base units, without the empty ones. */
  Map<String, Map<String, BigDecimal>> all() {
    Map<String, Map<String, BigDecimal>> held = new TreeMap<>();
    byPair.forEach(
        (pair, strategies) ->
            strategies.forEach(
                (strategy, volume) -> {
                  if (volume.signum() != 0) {
                    held.computeIfAbsent(pair, p -> new TreeMap<>()).put(strategy, volume);
                  }
                }));
    return held;
  }

  /** Everything, as values. */
  Map<String, Map<String, BigDecimal>> image() {
    Map<String, Map<String, BigDecimal>> image = new TreeMap<>();
    byPair.forEach((pair, strategies) -> image.put(pair, new TreeMap<>(strategies)));
    return image;
  }

  void restore(Map<String, Map<String, BigDecimal>> image) {
    image.forEach((pair, strategies) -> byPair.put(pair, new TreeMap<>(strategies)));
  }
}
