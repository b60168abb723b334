package dev.signaltoorder.signal;

import java.util.List;

/** What a payload turned out to be. */
sealed interface MappingResult {

  /** A valid signal. */
  record Mapped(Signal signal) implements MappingResult {}

  /** Not a valid signal, with everything that is wrong; never empty. */
  record Invalid(List<FieldProblem> problems) implements MappingResult {
    public Invalid {
      problems = List.copyOf(problems);
    }
  }
}
