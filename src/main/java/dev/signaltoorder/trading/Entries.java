package dev.signaltoorder.trading;

import dev.signaltoorder.risk.Side;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Of how many buys each strategy's position in each pair is built: counted from the approval on,
 * taken back only when it is certain that nothing was bought. A position of which less than a
 * hundredth is left is over: a remainder that cannot be sold must not count for ever.
 */
final class Entries {
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  private final Map<Holder, Position> positions = new HashMap<>();

  /** One position, as values. */
  record Image(Holder holder, List<UUID> live, int finished, BigDecimal bought, BigDecimal held) {}

  record Holder(String pair, String strategy) {
    static Holder of(OrderIntent intent) {
      return new Holder(intent.plan().pair(), intent.strategy());
    }
  }

  private static final class Position {
    private final Set<UUID> live = new HashSet<>();
    private int finished;
    private BigDecimal bought = BigDecimal.ZERO;
    private BigDecimal held = BigDecimal.ZERO;
  }

  void approved(UUID orderId, OrderIntent intent) {
    if (intent.plan().side() == Side.BUY) {
      positions.computeIfAbsent(Holder.of(intent), holder -> new Position()).live.add(orderId);
    }
  }

  void orderChanged(Order before, Order after) {
    if (before.state() instanceof OrderState.PresumedAbsent && !after.state().isFinal()) {
      // Kraken has it after all.
      approved(after.orderId(), after.intent());
    }
    Position position = positions.get(Holder.of(after.intent()));
    if (position == null) {
      return; // sells of what was never bought here
    }
    BigDecimal executed = after.execution().volume().subtract(before.execution().volume());
    if (after.intent().plan().side() == Side.BUY) {
      position.bought = position.bought.add(executed);
      position.held = position.held.add(executed);
      if (after.state().isFinal() && position.live.remove(after.orderId())) {
        position.finished += after.execution().isEmpty() ? 0 : 1;
      }
    } else {
      position.held = position.held.subtract(executed);
    }
    boolean sold = position.held.multiply(HUNDRED).compareTo(position.bought) < 0;
    if (sold || position.held.signum() <= 0) {
      position.finished = 0;
      position.bought = position.held;
      if (position.live.isEmpty()) {
        positions.remove(Holder.of(after.intent()));
      }
    }
  }

  List<Image> image() {
    return positions.entrySet().stream()
        .map(
            entry -> {
              Position position = entry.getValue();
              return new Image(
                  entry.getKey(),
                  position.live.stream().sorted().toList(),
                  position.finished,
                  position.bought,
                  position.held);
            })
        .sorted(
            Comparator.comparing((Image image) -> image.holder().pair())
                .thenComparing(image -> image.holder().strategy()))
        .toList();
  }

  void restore(List<Image> images) {
    for (Image image : images) {
      Position position = new Position();
      position.live.addAll(image.live());
      position.finished = image.finished();
      position.bought = image.bought();
      position.held = image.held();
      positions.put(image.holder(), position);
    }
  }

  /** Buys of the present position, open ones included. */
  int count(String pair, String strategy) {
    Position position = positions.get(new Holder(pair, strategy));
    return position == null ? 0 : position.finished + position.live.size();
  }
}
