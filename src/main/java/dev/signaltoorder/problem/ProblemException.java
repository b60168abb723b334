package dev.signaltoorder.problem;

/** Ends a request with a problem body. The only exception of its kind: the problem says which. */
public final class ProblemException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  public ProblemException(Problem problem) {
    super(problem.status() + " " + problem.title());
    this.problem = problem;
  }

  /** What the caller is told. */
  public Problem problem() {
    return problem;
  }
}
