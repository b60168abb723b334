package dev.signaltoorder.trading;

/**
 * Where an order is in its life. Each state has only the transitions that are legal from it; what
 * is not there cannot happen.
 *
 * <pre>
 *   Intended ──placed──────────────▶ Open ──progressed──▶ Open
 *      │ │ │                          ▲ │
 *      │ │ └─refused──▶ Refused       │ └───ended───────▶ Ended
 *      │ └───notPlaced─▶ NotPlaced    │
 *      │                    ▲         │
 *      └─doubted─▶ InDoubt ─┤(proof)  │
 *                    │  └───┼──found──┤
 *              quarantined  │(person) │
 *                    ▼      │         │
 *                Quarantined ──found──┘
 * </pre>
 *
 * {@code Intended}: committed, and the send has not answered yet. {@code InDoubt}: an order may
 * exist at Kraken; it is looked up and never sent again. {@code Quarantined}: look-ups could not
 * settle it; it counts as exposure and waits for a person, or for Kraken to show it after all.
 * Final: {@code Refused}, {@code NotPlaced}, {@code Ended}.
 */
public sealed interface OrderState {

  /** True when nothing can change any more. */
  default boolean isFinal() {
    return switch (this) {
      case Intended i -> false;
      case InDoubt d -> false;
      case Quarantined q -> false;
      case Open o -> false;
      case Refused r -> true;
      case NotPlaced n -> true;
      case Ended e -> true;
    };
  }

  /** Committed; the one call to AddOrder has not answered. */
  record Intended() implements OrderState {
    Open placed(String txid) {
      return new Open(txid, Execution.NONE);
    }

    Refused refused(String error) {
      return new Refused(error);
    }

    NotPlaced notPlaced(String proof) {
      return new NotPlaced(proof);
    }

    InDoubt doubted(String cause) {
      return new InDoubt(cause);
    }
  }

  /** An order may exist at Kraken. */
  record InDoubt(String cause) implements OrderState {
    Open found(String txid) {
      return new Open(txid, Execution.NONE);
    }

    NotPlaced notPlaced(String proof) {
      return new NotPlaced(proof);
    }

    Quarantined quarantined(String why) {
      return new Quarantined(why);
    }
  }

  /** Could not be settled by look-ups. */
  record Quarantined(String why) implements OrderState {
    Open found(String txid) {
      return new Open(txid, Execution.NONE);
    }

    NotPlaced notPlaced(String proof) {
      return new NotPlaced(proof);
    }
  }

  /** At Kraken, as far as we know not finished. */
  record Open(String txid, Execution execution) implements OrderState {
    Open progressed(Execution now) {
      return new Open(txid, now);
    }

    Ended ended(Execution last, String status) {
      return new Ended(txid, last, status);
    }
  }

  /** Kraken proved that it took no order. */
  record Refused(String error) implements OrderState {}

  /** It is certain that no order exists at Kraken. */
  record NotPlaced(String proof) implements OrderState {}

  /**
   * Finished at Kraken: {@code status} closed, canceled or expired; what counts is the execution.
   */
  record Ended(String txid, Execution execution, String status) implements OrderState {}
}
