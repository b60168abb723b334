package dev.signaltoorder.trading;

import java.time.Instant;

/**
 * The answer to an operator's command.
 *
 * @param done true when it took effect, and is recorded
 * @param text what happened, or why it did not
 */
public record CommandResult(boolean done, String text) {
  private static final String WAITS = "waits for a second operator until ";

  /** It is recorded, and waits for another operator to do the same. */
  static CommandResult waits(Instant until) {
    return new CommandResult(true, WAITS + until);
  }

  /**
   * Whether an answer of this text says that only the wish is recorded so far. Not a property of
   * the record: that would be written down with it.
   */
  public static boolean isWaiting(String text) {
    return text.startsWith(WAITS);
  }
}
