package dev.signaltoorder.trading;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** What a halt would do at this moment: found out and written down, and not done. */
final class Rehearsal {
  private final List<UUID> heldBack = new ArrayList<>();
  private final List<UUID> canceled = new ArrayList<>();
  private final List<UUID> kept = new ArrayList<>();

  private Rehearsal() {}

  static void play(AccountState state, Message.RehearseHalt message, Step step) {
    String scope = Halts.inForce(state.halt(), message.scope());
    Sweep sweep = Halts.inForce(state.halt(), message.sweep());
    Rehearsal rehearsal = new Rehearsal();
    state.liveOrders().values().forEach(order -> rehearsal.place(order, scope, sweep, state));
    int waiting = state.undecided().size();
    step.record(
        new ConductFact.HaltRehearsed(
            scope,
            message.actor(),
            message.reason(),
            rehearsal.heldBack,
            rehearsal.canceled,
            rehearsal.kept,
            waiting,
            sweep));
    step.answer(new CommandResult(true, rehearsal.told(scope, sweep, waiting)));
  }

  private void place(Order order, String scope, Sweep sweep, AccountState state) {
    if (order.state() instanceof OrderState.Intended
        && (!scope.equals("ENTRIES") || !leaves(order.intent(), state))) {
      heldBack.add(order.orderId());
    } else if (scope.equals("CANCEL_ALL") && Cancelling.isCanceledByHalt(order, sweep, state)) {
      canceled.add(order.orderId());
    } else {
      kept.add(order.orderId());
    }
  }

  private static boolean leaves(OrderIntent intent, AccountState state) {
    return Coverage.of(state, intent.plan().pair(), intent.strategy()).covers(intent);
  }

  private String told(String scope, Sweep sweep, int waiting) {
    return "nothing was halted. A halt of "
        + scope
        + sweep.words()
        + (scope.equals("ENTRIES")
            ? " would refuse every order that is no exit"
            : " would refuse every order")
        + "; not sent any more, unless already begun: "
        + listed(heldBack)
        + "; cancelled: "
        + listed(canceled)
        + "; left as they are: "
        + listed(kept)
        + "; signals that wait and would be judged under it: "
        + waiting;
  }

  private static String listed(List<UUID> orders) {
    return orders.isEmpty()
        ? "none"
        : orders.size() + " " + orders.stream().map(UUID::toString).toList();
  }
}
