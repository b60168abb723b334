package dev.signaltoorder.trading;

/** A command is not known to be in force. The message says what is recorded. */
public final class CommandNotInForceException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public CommandNotInForceException(String message) {
    super(message);
  }
}
