package dev.signaltoorder.trading;

/**
 * Where an order is in its life. Each state has only the transitions that are legal from it; what
 * is not there cannot happen.
 *
 * <pre>
 *   Intended ──placed──────────────▶ Open ──progressed──▶ Open
 *      │ │ │                         ▲│▲│
 *      │ │ └─refused───▶ Refused     │││└────ended──────▶ Ended
 *      │ └───notPlaced─▶ NotPlaced   │││
 *      │                             │││
 *      └─doubted──▶ InDoubt ──found──┘││
 *                    │   │            │└──────────────────────────┐
 *         quarantined│   └─presumed absent──▶ PresumedAbsent      │
 *                    ▼      (silence)          ▲    └──appeared───┤
 *                Quarantined ──presumed absent─┘                  │
 *                 ▲     │         (person)                        │
 *                 │     └──found──────────────────────────────────┘
 *                 └──────disowned (nothing executed yet)── Open
 * </pre>
 *
 * {@code Intended}: committed, and the send has not answered yet. {@code InDoubt}: an order may
 * exist at Kraken; it is looked up and never sent again. {@code Quarantined}: look-ups could not
 * settle it, or Kraken shows under its name what it cannot be; it counts as exposure and waits for
 * a person, or for Kraken to show it after all. {@code PresumedAbsent}: it counts no more, but
 * nobody has proved it; should Kraken show it all the same, it is adopted. Final: {@code Refused},
 * {@code NotPlaced}, {@code Ended}.
 */
public sealed interface OrderState {

  /** True when nothing more is expected; only a presumption can still be refuted. */
  default boolean isFinal() {
    return switch (this) {
      case Intended i -> false;
      case InDoubt d -> false;
      case Quarantined q -> false;
      case Open o -> false;
      case Refused r -> true;
      case NotPlaced n -> true;
      case PresumedAbsent p -> true;
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

    /** Only in journals from before there was a presumption. */
    NotPlaced notPlaced(String proof) {
      return new NotPlaced(proof);
    }

    PresumedAbsent presumedAbsent(String why) {
      return new PresumedAbsent(why);
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

    /** Only in journals from before there was a presumption. */
    NotPlaced notPlaced(String proof) {
      return new NotPlaced(proof);
    }

    PresumedAbsent presumedAbsent(String why) {
      return new PresumedAbsent(why);
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

    /**
     * What Kraken has under this id is not our order.
     *
     * @throws IllegalStateException when some of it was executed for us already
     */
    Quarantined disowned(String why) {
      if (!execution.isEmpty()) {
        throw new IllegalStateException("an order with fills cannot be disowned: " + txid);
      }
      return new Quarantined(why);
    }
  }

  /** Kraken proved that it took no order. */
  record Refused(String error) implements OrderState {}

  /** It is certain that no order exists at Kraken. */
  record NotPlaced(String proof) implements OrderState {}

  /** Silence, or a person, says that no order exists at Kraken. */
  record PresumedAbsent(String why) implements OrderState {
    Open appeared(String txid) {
      return new Open(txid, Execution.NONE);
    }
  }

  /**
   * Finished at Kraken: {@code status} closed, canceled or expired; what counts is the execution.
   */
  record Ended(String txid, Execution execution, String status) implements OrderState {}
}
