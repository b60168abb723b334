package dev.signaltoorder.risk;

/**
 * A rule needs a value that is missing or makes no sense. The engine turns it into a denial, so no
 * rule can forget to. Without a stack trace: it is an expected answer, and the message says it all.
 */
final class UnknownValueException extends RuntimeException {

  /**
   * @param sentence what is missing, in the trader's words
   */
  UnknownValueException(String sentence) {
    super(sentence, null, false, false);
  }

  String sentence() {
    String message = getMessage();
    return message == null ? "A needed value is missing." : message;
  }
}
