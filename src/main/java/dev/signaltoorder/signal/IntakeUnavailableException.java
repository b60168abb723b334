package dev.signaltoorder.signal;

/**
 * Nothing was stored: the journal, its database or the account's loop is away. The sender must
 * retry.
 */
public final class IntakeUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public IntakeUnavailableException(
      String message, @org.jspecify.annotations.Nullable Throwable cause) {
    super(message, cause);
  }
}
