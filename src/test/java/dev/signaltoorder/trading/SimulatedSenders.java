package dev.signaltoorder.trading;

import dev.signaltoorder.signal.Action;
import dev.signaltoorder.signal.Delivery;
import dev.signaltoorder.signal.FieldProblem;
import dev.signaltoorder.signal.Receipt;
import dev.signaltoorder.signal.Signal;
import dev.signaltoorder.signal.TakeProfit;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Senders of webhooks: each signal under its own delivery id, sent until it is acknowledged, often
 * once more after that, sometimes with another body under the same id.
 */
final class SimulatedSenders {
  private static final long TIMEOUT_MILLIS = 10_000;

  private final World world;
  private final List<SimulatedHost> hosts;
  private final Map<String, Sent> sent = new LinkedHashMap<>();
  private final SimulatedBook book;
  private int unsettled;

  /**
   * A delivery id, its signal (null: the body is no valid one), and the ids its sender was told.
   */
  record Sent(@Nullable Signal signal, List<UUID> told) {}

  SimulatedSenders(World world, List<SimulatedHost> hosts, SimulatedBook book) {
    this.book = book;
    this.world = world;
    this.hosts = hosts;
  }

  void plan(int signals, long withinMillis) {
    for (int i = 0; i < signals; i++) {
      String deliveryId = "msg-" + i;
      unsettled++;
      world.inMillis(world.between(1_000, withinMillis), () -> arises(deliveryId));
    }
  }

  private void arises(String deliveryId) {
    Sent what = new Sent(world.chance(0.06) ? null : signal(), new ArrayList<>());
    sent.put(deliveryId, what);
    new Mailing(deliveryId, "body", what, true).send();
    if (world.chance(0.1)) {
      Mailing other = new Mailing(deliveryId, "another body", what, false);
      world.inMillis(world.between(0, 20_000), other::send);
    }
  }

  private Signal signal() {
    long pick = world.between(0, 99);
    Action action =
        pick < 55 ? Action.BUY : pick < 70 ? Action.SELL : pick < 85 ? Action.CLOSE : Action.CANCEL;
    boolean sized = action == Action.BUY || action == Action.SELL;
    Signal plain =
        Samples.signal(
            action,
            world.chance(0.7) ? "breakout" : "trend",
            world.chance(0.7) ? "BTC/USD" : "ETH/USD",
            sized ? String.valueOf(world.between(5, 90)) : null,
            world.now());
    Instant expiresAt = world.chance(0.1) ? world.now().plusSeconds(3) : null;
    Signal signal = Samples.expiring(plain, expiresAt);
    return action == Action.BUY && world.chance(0.6) ? guarded(signal) : signal;
  }

  private Signal guarded(Signal signal) {
    BigDecimal bid = book.bid(signal.pair().startsWith("BTC") ? "XBTUSD" : "ETHUSD");
    BigDecimal stop =
        world.chance(0.9)
            ? bid.multiply(BigDecimal.valueOf(1_000 - world.between(5, 60))).movePointLeft(3)
            : null;
    List<TakeProfit> targets = new ArrayList<>();
    long most = world.chance(0.6) ? world.between(1, 3) : 0;
    for (int i = 0; i < most; i++) {
      BigDecimal price =
          bid.multiply(BigDecimal.valueOf(1_000 + world.between(8, 60))).movePointLeft(3);
      targets.add(
          new TakeProfit(
              price,
              world.chance(0.5) ? null : BigDecimal.valueOf(world.between(1, 5)).movePointLeft(1)));
    }
    return Samples.protectedBy(signal, stop, targets);
  }

  boolean allSettled() {
    return unsettled == 0;
  }

  Map<String, Sent> sent() {
    return sent;
  }

  /** One body under one delivery id, on its way. */
  private final class Mailing {
    private final String deliveryId;
    private final String body;
    private final Sent what;
    private final boolean mustGetThrough;
    private boolean settled;
    private int tries;

    Mailing(String deliveryId, String body, Sent what, boolean mustGetThrough) {
      this.deliveryId = deliveryId;
      this.body = body;
      this.what = what;
      this.mustGetThrough = mustGetThrough;
    }

    void send() {
      int number = ++tries;
      SimulatedHost host = hosts.get((int) world.between(0, hosts.size() - 1));
      world.note(() -> "sender delivers " + deliveryId + " (" + body + ") to " + host.name());
      world.inMillis(world.between(1, 100), () -> arrive(host, number));
      world.inMillis(TIMEOUT_MILLIS, () -> answered(null, number));
    }

    private void arrive(SimulatedHost host, int number) {
      Delivery delivery = Samples.delivery(world.id(), deliveryId, body, host.clock());
      host.deliver(
          delivery,
          message(host, delivery),
          answer -> {
            if (!world.fault(0.05)) {
              world.inMillis(world.between(1, 100), () -> answered(answer, number));
            }
          });
    }

    private Message message(SimulatedHost host, Delivery delivery) {
      Signal signal = what.signal();
      if (signal == null) {
        return new Message.InvalidArrived(
            delivery, List.of(new FieldProblem("/data/pair", "missing", "a pair")));
      }
      return new Message.SignalArrived(delivery, signal, host.view(signal.pair()));
    }

    /** Null: no answer, or one that says that nothing was stored. */
    private void answered(@Nullable Object answer, int number) {
      if (number != tries) {
        return;
      }
      tries++;
      world.note(() -> "sender of " + deliveryId + " (" + body + ") is told " + answer);
      switch (answer) {
        case Receipt.Accepted accepted -> acknowledged(accepted.signalId());
        case Receipt.Duplicate duplicate -> acknowledged(duplicate.signalId());
        case Receipt.Conflict conflict -> settle();
        case null, default -> {
          if (mustGetThrough && !settled) {
            world.inMillis(world.between(500, 3_000), this::send);
          }
        }
      }
    }

    private void acknowledged(UUID signalId) {
      what.told().add(signalId);
      settle();
      if (world.fault(0.3)) {
        world.inMillis(world.between(0, 20_000), this::send);
      }
    }

    private void settle() {
      if (mustGetThrough && !settled) {
        unsettled--;
      }
      settled = true;
    }
  }
}
