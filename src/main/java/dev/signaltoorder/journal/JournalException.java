package dev.signaltoorder.journal;

import org.jspecify.annotations.Nullable;

/**
 * An append, or what belonged to it, failed or is in doubt. Whoever gets it must throw its state
 * away and rebuild it from the journal: the facts may or may not have been committed.
 */
public final class JournalException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public JournalException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
