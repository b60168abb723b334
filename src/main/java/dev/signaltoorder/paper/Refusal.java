package dev.signaltoorder.paper;

/** A call that ends with an error in Kraken's own words. */
final class Refusal extends Exception {

  private static final long serialVersionUID = 1L;

  /**
   * @param error what goes into the answer's {@code error} array
   */
  Refusal(String error) {
    // An expected answer, not a fault of ours: no stack trace.
    super(error, null, false, false);
    this.error = error;
  }

  private final String error;

  String error() {
    return error;
  }

  static Refusal invalidArgument(String field) {
    return new Refusal("EGeneral:Invalid arguments:" + field);
  }
}
