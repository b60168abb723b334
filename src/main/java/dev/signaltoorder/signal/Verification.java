package dev.signaltoorder.signal;

/** Whether a delivery comes from whom it claims. */
sealed interface Verification {

  /**
   * It does.
   *
   * @param body what may be kept of the body: the raw bytes, without a token
   */
  record Authentic(byte[] body) implements Verification {}

  /** It does not, or that cannot be told. The sender never learns the cause. */
  record Refused(RefusedDelivery.Cause cause) implements Verification {}
}
