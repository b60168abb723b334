package dev.signaltoorder.journal;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the report's row of a signal follows from: the facts of that signal alone. Thread-safe. */
public interface SummaryFolding {

  /** Kinds of facts that it reads; all others change no row. */
  Set<String> kinds();

  /**
   * The row as it has to be.
   *
   * @param facts of one signal, in their order; those that are not of {@link #kinds()} are passed
   *     over
   * @return empty when no such signal was taken
   * @throws RuntimeException when these facts cannot have been written by this service
   */
  Optional<SignalSummary> fold(List<RawFact> facts);
}
