package dev.signaltoorder.problem;

/** The process did what it was started for and ends well, before it serves. */
public final class NothingMoreToDoException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param done what was done, for the log
   */
  public NothingMoreToDoException(String done) {
    super(done);
  }
}
