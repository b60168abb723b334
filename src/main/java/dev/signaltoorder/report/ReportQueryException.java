package dev.signaltoorder.report;

import java.util.List;

/** A request for the report that cannot be answered as asked. Carries every problem, not one. */
final class ReportQueryException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** In the order of the parameters; each starts with the parameter's name. */
  private final List<String> problems;

  ReportQueryException(List<String> problems) {
    super(String.join("; ", problems));
    this.problems = List.copyOf(problems);
  }

  List<String> problems() {
    return problems;
  }
}
