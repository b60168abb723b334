package dev.signaltoorder.outbound;

import java.io.IOException;

/** Brings one event to one receiver. Blocks for seconds at most. */
interface Sending {

  /**
   * Returns once it was taken.
   *
   * @throws NotTakenException when the receiver did not take it; it is tried again
   */
  void send(OutboundEvent event) throws NotTakenException, InterruptedException;

  /** It was not taken. The message names no address and no secret. */
  final class NotTakenException extends IOException {
    private static final long serialVersionUID = 1L;

    private final long retryAfterSeconds;

    NotTakenException(String why) {
      this(why, 0);
    }

    /**
     * @param retryAfterSeconds what the receiver asked for, or 0
     */
    NotTakenException(String why, long retryAfterSeconds) {
      super(why);
      this.retryAfterSeconds = retryAfterSeconds;
    }

    long retryAfterSeconds() {
      return retryAfterSeconds;
    }
  }
}
