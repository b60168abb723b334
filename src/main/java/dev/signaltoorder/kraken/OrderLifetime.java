package dev.signaltoorder.kraken;

import java.time.Instant;

/** How long an order with a limit price lives (REST reference, AddOrder: timeinforce, expiretm). */
public sealed interface OrderLifetime {

  /** Kraken's word for it. */
  String timeInForce();

  /** Stays in the book; only such an order can be post-only. */
  sealed interface Resting extends OrderLifetime {}

  /** Until it is filled or cancelled. */
  record GoodTillCanceled() implements Resting {
    @Override
    public String timeInForce() {
      return "GTC";
    }
  }

  /**
   * Until an instant. Without GTD Kraken ignores the instant and the order lives on, so one is
   * never sent without the other.
   *
   * @param expiresAt whole seconds are sent; Kraken wants 5 s to one month ahead
   */
  record GoodTillDate(Instant expiresAt) implements Resting {
    @Override
    public String timeInForce() {
      return "GTD";
    }
  }

  /** What does not fill at once is cancelled. */
  record ImmediateOrCancel() implements OrderLifetime {
    @Override
    public String timeInForce() {
      return "IOC";
    }
  }

  /** All at once or nothing. */
  record FillOrKill() implements OrderLifetime {
    @Override
    public String timeInForce() {
      return "FOK";
    }
  }
}
