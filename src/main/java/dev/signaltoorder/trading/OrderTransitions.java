package dev.signaltoorder.trading;

/**
 * Which fact leads from which state to which: the only place that moves an order. A fact that is
 * not legal in a state is a fault of this program, or a journal that was tampered with; it never
 * passes.
 */
final class OrderTransitions {
  private OrderTransitions() {}

  /**
   * The state after a fact.
   *
   * @throws IllegalStateException when the fact is not legal in this state
   */
  static OrderState after(OrderState state, Fact fact) {
    return switch (state) {
      case OrderState.Intended intended -> after(intended, fact);
      case OrderState.InDoubt doubt -> after(doubt, fact);
      case OrderState.Quarantined quarantined -> after(quarantined, fact);
      case OrderState.Open open -> after(open, fact);
      case OrderState.Refused refused -> throw illegal(state, fact);
      case OrderState.NotPlaced notPlaced -> throw illegal(state, fact);
      case OrderState.PresumedAbsent absent -> after(absent, fact);
      case OrderState.Ended ended -> throw illegal(state, fact);
    };
  }

  private static OrderState after(OrderState.Intended state, Fact fact) {
    return switch (fact) {
      case Fact.OrderPlaced placed -> state.placed(placed.txid());
      case Fact.OrderRefused refused -> state.refused(refused.error());
      case Fact.OrderNotPlaced notPlaced when !notPlaced.presumed() ->
          state.notPlaced(notPlaced.proof());
      case Fact.OrderInDoubt doubt -> state.doubted(doubt.cause());
      default -> throw illegal(state, fact);
    };
  }

  private static OrderState after(OrderState.InDoubt state, Fact fact) {
    return switch (fact) {
      case Fact.OrderPlaced placed -> state.found(placed.txid());
      case Fact.OrderNotPlaced absent when absent.presumed() ->
          state.presumedAbsent(absent.proof());
      case Fact.OrderNotPlaced notPlaced -> state.notPlaced(notPlaced.proof());
      case Fact.OrderQuarantined quarantined -> state.quarantined(quarantined.why());
      default -> throw illegal(state, fact);
    };
  }

  private static OrderState after(OrderState.Quarantined state, Fact fact) {
    return switch (fact) {
      case Fact.OrderPlaced placed -> state.found(placed.txid());
      case Fact.OrderNotPlaced absent when absent.presumed() ->
          state.presumedAbsent(absent.proof());
      case Fact.OrderNotPlaced notPlaced -> state.notPlaced(notPlaced.proof());
      default -> throw illegal(state, fact);
    };
  }

  private static OrderState after(OrderState.Open state, Fact fact) {
    return switch (fact) {
      case Fact.OrderProgressed progressed -> state.progressed(progressed.execution());
      case Fact.OrderEnded ended -> state.ended(ended.execution(), ended.status());
      case Fact.OrderQuarantined disowned when state.execution().isEmpty() ->
          state.disowned(disowned.why());
      default -> throw illegal(state, fact);
    };
  }

  private static OrderState after(OrderState.PresumedAbsent state, Fact fact) {
    if (fact instanceof Fact.OrderPlaced placed) {
      return state.appeared(placed.txid());
    }
    throw illegal(state, fact);
  }

  private static IllegalStateException illegal(OrderState state, Fact fact) {
    return new IllegalStateException(
        fact.getClass().getSimpleName()
            + " is not legal for order "
            + fact.orderId()
            + " in state "
            + state.getClass().getSimpleName());
  }
}
