package dev.signaltoorder.journal;

/** What is stored cannot be what was stored: the record was changed from outside. */
public final class ContradictionException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ContradictionException(String message) {
    super(message);
  }
}
