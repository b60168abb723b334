package dev.signaltoorder.report;

/**
 * What every page shows around its content.
 *
 * @param modeTone style class of the notice
 * @param modeName the mode as configured
 * @param modeNotice what the mode means for money, in one sentence
 * @param version of the program; also keeps a browser from using yesterday's style sheet
 */
record PageFrame(String modeTone, String modeName, String modeNotice, String version) {

  /** The frame of a service that runs in {@code mode}. */
  static PageFrame of(String mode, String version) {
    return switch (mode) {
      case "paper" ->
          new PageFrame(
              "paper",
              mode,
              "Orders go to the built-in simulated exchange. No real money moves.",
              version);
      case "validate" ->
          new PageFrame("paper", mode, "Kraken checks each order and places none.", version);
      case "live" -> new PageFrame("live", mode, "Orders are real and cost real money.", version);
      default -> new PageFrame("live", mode, "This mode is not known here.", version);
    };
  }
}
