package dev.signaltoorder.kraken;

import com.fasterxml.jackson.databind.JsonNode;

/** Turns a finished call into an {@link Answer}. */
final class Answers {

  private Answers() {}

  /** Reads the {@code result} of a clean answer. */
  @FunctionalInterface
  interface Reader<T> {
    T read(JsonNode result) throws UnreadableAnswerException;
  }

  static <T> Answer<T> of(CallRecord call, Reader<T> reader) {
    return switch (Envelope.of(call.outcome())) {
      case Envelope.Unusable unusable -> new Answer.Failure<>(call, unusable.why(), false);
      case Envelope.Errors errors -> new Answer.Failure<>(call, errors.errors().getFirst(), true);
      case Envelope.Clean clean -> ofClean(call, clean, reader);
    };
  }

  private static <T> Answer<T> ofClean(CallRecord call, Envelope.Clean clean, Reader<T> reader) {
    try {
      return new Answer.Success<>(call, reader.read(clean.result()), clean.warnings());
    } catch (UnreadableAnswerException e) {
      return new Answer.Failure<>(call, "unreadable result: " + e.getMessage(), false);
    }
  }
}
