package dev.signaltoorder.trading;

import org.jspecify.annotations.Nullable;

/**
 * This process does not lead the account, or no longer: the message must go to the one that does.
 */
final class NotLedHereException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final boolean untouched;

  /**
   * @param untouched the message was not looked at: it surely led to nothing
   */
  NotLedHereException(boolean untouched, @Nullable Throwable cause) {
    super("the account is not led here", cause);
    this.untouched = untouched;
  }

  boolean untouched() {
    return untouched;
  }
}
