package dev.signaltoorder.kraken;

/** An answer that does not say what it must. The message repeats no values. */
final class UnreadableAnswerException extends Exception {

  UnreadableAnswerException(String message) {
    super(message);
  }
}
