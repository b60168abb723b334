package dev.signaltoorder.kraken;

/** What is known of one HTTP call to Kraken when it is over. */
public sealed interface CallOutcome {

  /**
   * An HTTP answer came, whatever it says. {@code body} holds its bytes as received (cut at the
   * size limit).
   */
  record Reply(int httpStatus, byte[] body, boolean complete) implements CallOutcome {}

  /**
   * Proved that no byte of the request left: the call was refused here, or no connection came
   * about.
   */
  record NotSent(Cause cause, String detail) implements CallOutcome {}

  /**
   * The request was, or may have been, written and no complete answer came. Kraken may have acted
   * on it.
   */
  record NoReply(Cause cause, String detail) implements CallOutcome {}

  /** Why there is no answer. The label is also the metric's tag. */
  enum Cause {
    CONNECT_FAILED,
    PERMIT_REFUSED,
    DEADLINE_TOO_NEAR,
    LOCKED_OUT,
    KEY_REFUSED,
    CIRCUIT_OPEN,
    BUDGET_EXHAUSTED,
    QUEUE_FULL,
    SHUT_DOWN,
    TIMEOUT,
    CONNECTION_LOST,
    OTHER
  }
}
