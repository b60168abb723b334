package dev.signaltoorder.journal;

/** Facts are not archived: the message says why, for people. Nothing was moved that should not. */
public final class ArchivingException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ArchivingException(String message) {
    super(message);
  }
}
