package dev.signaltoorder.trading;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A person who halts and resumes, and who settles what is quarantined by looking at Kraken. */
final class SimulatedOperator {
  private final World world;
  private final List<SimulatedHost> hosts;
  private final List<Said> said = new ArrayList<>();
  private final Deque<Wanted> wanted = new ArrayDeque<>();

  /** Compared by identity: the same words may be wanted twice. */
  private static final class Wanted {
    private final Message message;
    private final @Nullable String scope;

    Wanted(Message message, @Nullable String scope) {
      this.message = message;
      this.scope = scope;
    }

    Message message() {
      return message;
    }

    @Nullable String scope() {
      return scope;
    }
  }

  /**
   * Something the operator knows.
   *
   * @param halt the scope of a halt that has been answered; null once another command was given
   */
  record Said(long mark, @Nullable String halt) {}

  SimulatedOperator(World world, List<SimulatedHost> hosts) {
    this.world = world;
    this.hosts = hosts;
  }

  void plan(int halts, long withinMillis) {
    for (int i = 0; i < halts; i++) {
      long at = world.between(1_000, withinMillis);
      String scope = List.of("ENTRIES", "ALL", "CANCEL_ALL").get((int) world.between(0, 2));
      boolean cancels = scope.equals("CANCEL_ALL");
      Sweep sweep = new Sweep(cancels && world.chance(0.3), cancels && world.chance(0.3));
      world.inMillis(at, () -> command(new Message.Halt(scope, "anna", "test", sweep), scope));
      world.inMillis(
          at + world.between(1_000, 30_000),
          () -> command(new Message.Resume("anna", "test"), null));
    }
  }

  /** One command after the other, each until it is answered. */
  private void command(Message command, @Nullable String scope) {
    wanted.add(new Wanted(command, scope));
    if (wanted.size() == 1) {
      give(wanted.getFirst());
    }
  }

  private void give(Wanted command) {
    said.add(new Said(world.mark(), null));
    attempt(command);
  }

  private void attempt(Wanted command) {
    if (wanted.peekFirst() != command) {
      return;
    }
    SimulatedHost host = hosts.get((int) world.between(0, hosts.size() - 1));
    world.note(() -> "operator tells " + host.name() + ": " + command.message());
    world.inMillis(
        world.between(1, 50),
        () ->
            host.command(
                command.message(),
                () -> wanted.peekFirst() == command,
                answer -> answered(command, answer)));
    world.inMillis(world.between(1_000, 3_000), () -> attempt(command));
  }

  private void answered(Wanted command, @Nullable Object answer) {
    if (answer == null || wanted.peekFirst() != command || world.fault(0.05)) {
      return;
    }
    world.note(() -> "operator is told " + answer);
    said.add(new Said(world.mark(), command.scope()));
    wanted.removeFirst();
    if (!wanted.isEmpty()) {
      give(wanted.getFirst());
    }
  }

  void resume() {
    command(new Message.Resume("anna", "after the test"), null);
  }

  /** Says what is at Kraken or, {@code wrongly}, something else. */
  void settle(Order order, SimulatedBook book, boolean wrongly) {
    String txid = "";
    String other = "OWRONG";
    for (SimulatedBook.Booked booked : book.orders()) {
      if (booked.request.clientOrderId().equals(order.intent().clientOrderId())) {
        txid = booked.txid;
      } else if (world.chance(0.5)) {
        other = booked.txid;
      }
    }
    if (wrongly) {
      txid = txid.isEmpty() || world.chance(0.5) ? other : "";
    }
    command(new Message.Settle(order.orderId(), txid, "anna", "looked at Kraken"), null);
  }

  boolean idle() {
    return wanted.isEmpty();
  }

  List<Said> said() {
    return said;
  }
}
