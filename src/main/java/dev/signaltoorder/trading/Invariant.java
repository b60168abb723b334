package dev.signaltoorder.trading;

/**
 * What must hold at every moment of an account. Each has a code, which is written into journals for
 * ever, and says in its text what holds. {@link Invariants} checks the ones that follow from the
 * state; the others are noticed where the answer that breaks them comes in.
 */
enum Invariant {
  ORDERS_OUT("orders-out", "no more orders go out than were approved"),
  SENT_ONCE("sent-once", "AddOrder goes out at most once for an order"),
  ONE_ORDER("one-order", "Kraken has at most one order under a client order id"),
  SAME_ORDER("same-order", "what Kraken has under our client order id is what was approved"),
  STAYS_ABSENT("stays-absent", "an order that is presumed absent does not appear"),
  EXECUTED("executed", "no order executes more than was ordered"),
  EXPOSURE("exposure", "positions are the sum of all executions"),
  ONE_STATE("one-state", "an order is in one state: alive, or absent, or over"),
  RESERVATIONS("reservations", "no reservation is negative"),
  DECIDED_ONCE("decided-once", "a signal is decided once, and only after it was taken"),
  ONE_INTENT("one-intent", "a signal leads to one order at most"),
  TAKEN_ONCE("taken-once", "a delivery id is taken once"),
  ONE_STOP("one-stop", "a stop is placed only where no other stop of the position is alive"),
  STOP_COVERED("stop-covered", "no stop is asked to sell more than the position"),
  GAPLESS("gapless", "the journal holds exactly the facts that were folded");

  private final String code;
  private final String holds;

  Invariant(String code, String holds) {
    this.code = code;
    this.holds = holds;
  }

  String code() {
    return code;
  }

  String holds() {
    return holds;
  }
}
