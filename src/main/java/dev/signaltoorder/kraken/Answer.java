package dev.signaltoorder.kraken;

import java.util.List;

/**
 * A call together with what its answer means.
 *
 * @param <T> the parsed result
 */
public sealed interface Answer<T> {

  /** The raw call. */
  CallRecord call();

  /**
   * A clean answer: HTTP 200, well-formed, no error.
   *
   * @param warnings Kraken's {@code W...} strings, usually empty
   */
  record Success<T>(CallRecord call, T value, List<String> warnings) implements Answer<T> {}

  /**
   * Kraken answered with errors (never empty), or HTTP trouble, or no usable answer at all.
   *
   * @param error the first error string of Kraken's array, or a description of the transport's
   *     trouble
   * @param fromKraken true if {@code error} is Kraken's own text from a well-formed answer
   */
  record Failure<T>(CallRecord call, String error, boolean fromKraken) implements Answer<T> {}
}
