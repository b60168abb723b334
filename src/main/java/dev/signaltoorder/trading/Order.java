package dev.signaltoorder.trading;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An order and where it is in its life.
 *
 * @param orderId ours, UUIDv7
 * @param signalId the signal it comes from
 * @param intent what was fixed before it was sent
 * @param state where it is
 */
public record Order(UUID orderId, UUID signalId, OrderIntent intent, OrderState state) {

  Order with(OrderState next) {
    return new Order(orderId, signalId, intent, next);
  }

  Order amended(BigDecimal volume, @Nullable BigDecimal stop) {
    return new Order(orderId, signalId, intent.amended(volume, stop), state);
  }

  /** What has been executed so far. */
  Execution execution() {
    return switch (state) {
      case OrderState.Open open -> open.execution();
      case OrderState.Ended ended -> ended.execution();
      default -> Execution.NONE;
    };
  }

  Optional<String> txid() {
    return switch (state) {
      case OrderState.Open open -> Optional.of(open.txid());
      case OrderState.Ended ended -> Optional.of(ended.txid());
      default -> Optional.empty();
    };
  }

  /** Kraken has not answered yet, or it waits for its turn to be sent. */
  boolean onItsWay() {
    return state instanceof OrderState.Intended;
  }

  /** Base units that may still be executed; zero once final. */
  BigDecimal unexecutedVolume() {
    return state.isFinal()
        ? BigDecimal.ZERO
        : intent.plan().volume().subtract(execution().volume()).max(BigDecimal.ZERO);
  }

  /** Quote units that may still be executed, at the plan's reference price. */
  BigDecimal unexecutedNotional() {
    return unexecutedVolume().multiply(intent.plan().referencePrice());
  }
}
