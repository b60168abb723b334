package dev.signaltoorder.report;

import java.util.Arrays;
import java.util.Optional;

/**
 * What can have become of a signal, in the contract's names and order, with the words a person
 * reads. The tone only adds colour; the words say everything.
 */
enum SignalOutcome {
  INVALID("Invalid signal", Tone.BAD),
  REJECTED("Rejected by a rule", Tone.BAD),
  EXPIRED("Expired", Tone.QUIET),
  HALTED("Stopped by a halt", Tone.BAD),
  PENDING("Pending", Tone.WAITING),
  UNKNOWN("Unknown: an order may exist", Tone.ALARM),
  QUARANTINED("Quarantined: needs a person", Tone.ALARM),
  REFUSED_BY_EXCHANGE("Refused by the exchange", Tone.BAD),
  OPEN("Open", Tone.WAITING),
  FILLED("Filled", Tone.GOOD),
  PARTIALLY_FILLED("Partially filled", Tone.GOOD),
  CANCELED("Canceled", Tone.QUIET),
  NOT_PLACED("Not placed", Tone.QUIET),
  DONE("Done", Tone.QUIET);

  /** How a page colours something. */
  enum Tone {
    GOOD,
    BAD,
    WAITING,
    ALARM,
    QUIET;

    /** The style sheet's class. */
    String styleClass() {
      return switch (this) {
        case GOOD -> "good";
        case BAD -> "bad";
        case WAITING -> "waiting";
        case ALARM -> "alarm";
        case QUIET -> "quiet";
      };
    }
  }

  private final String words;
  private final Tone tone;

  SignalOutcome(String words, Tone tone) {
    this.words = words;
    this.tone = tone;
  }

  /** Empty for a name this program does not know. */
  static Optional<SignalOutcome> named(String name) {
    return Arrays.stream(values()).filter(outcome -> outcome.name().equals(name)).findFirst();
  }

  /** The words for a stored outcome; a name from a newer program stands for itself. */
  static String wordsOf(String name) {
    return named(name).map(outcome -> outcome.words).orElse(name);
  }

  static Tone toneOf(String name) {
    return named(name).map(outcome -> outcome.tone).orElse(Tone.QUIET);
  }
}
